package io.drover.it.arch.planted.gateway.order;

import org.apache.kafka.clients.producer.Producer;

record GatewayWithKafka(Producer<String, byte[]> records) {}
