package io.drover.gateway.image.store;

import io.drover.contracts.sql.Query;
import io.drover.gateway.image.ImageStores;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import javax.sql.DataSource;

/** Table {@code image_store}. */
@ApplicationScoped
class JdbcImageStores implements ImageStores {
  private static final String CLAIM =
      "insert into gateway.image_store (id) values (?) on conflict do nothing";
  private static final String KNOWN = "select id from gateway.image_store";

  private final DataSource database;

  JdbcImageStores(DataSource database) {
    this.database = database;
  }

  @Override
  public UUID claim(UUID id) {
    new Query(database, CLAIM, id).run();
    return new Query(database, KNOWN).list(row -> row.getObject("id", UUID.class)).get(0);
  }
}
