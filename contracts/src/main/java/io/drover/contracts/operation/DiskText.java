package io.drover.contracts.operation;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.drover.contracts.definition.DeviceXml;
import io.drover.contracts.definition.device.Disk;
import java.io.IOException;

/** A disk as the text of libvirt's element, inside JSON. */
final class DiskText {
  private DiskText() {}

  /** To text. */
  static final class Writer extends StdSerializer<Disk> {
    private static final long serialVersionUID = 1L;

    Writer() {
      super(Disk.class);
    }

    @Override
    public void serialize(Disk disk, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(DeviceXml.write(disk));
    }

    /** The element's name says what it is. */
    @Override
    public void serializeWithType(
        Disk disk, JsonGenerator out, SerializerProvider provider, TypeSerializer types)
        throws IOException {
      serialize(disk, out, provider);
    }
  }

  /** From text. */
  static final class Reader extends StdDeserializer<Disk> {
    private static final long serialVersionUID = 1L;

    Reader() {
      super(Disk.class);
    }

    @Override
    public Disk deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return DeviceXml.read(in.getText(), Disk.class);
    }

    @Override
    public Object deserializeWithType(
        JsonParser in, DeserializationContext context, TypeDeserializer types) throws IOException {
      return deserialize(in, context);
    }
  }
}
