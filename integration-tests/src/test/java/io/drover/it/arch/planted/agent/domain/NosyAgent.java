package io.drover.it.arch.planted.agent.domain;

import io.drover.it.arch.planted.driver.internal.DriverBean;

final class NosyAgent {
  String seen(DriverBean bean) {
    return bean.toString();
  }
}
