package io.drover.it.arch.planted.secrets.key;

import io.drover.it.arch.planted.agent.domain.Guests;

record SecretsThatKnowTheAgent(Guests guests) {}
