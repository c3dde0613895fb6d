package io.drover.contracts.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QemuExtrasTest {
  static final String XML =
      """
      <domain type='qemu' xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'>
        <name>extras</name>
        <memory unit='MiB'>64</memory>
        <vcpu>1</vcpu>
        <os><type arch='x86_64' machine='pc'>hvm</type></os>
        <devices/>
        <q:commandline>
          <q:arg value='-set'/>
          <q:arg value='device.net0.x="a&apos;b"'/>
          <q:env name='ONE' value='1 2'/>
          <q:env name='NONE'/>
        </q:commandline>
        <q:capabilities><q:add capability='one'/><q:del capability='two'/></q:capabilities>
        <q:override>
          <q:device alias='ua-disk'>
            <q:frontend>
              <q:property name='text' type='string' value='value'/>
              <q:property name='less' type='signed' value='-321'/>
              <q:property name='much' type='unsigned' value='18446744073709551615'/>
              <q:property name='right' type='bool' value='true'/>
              <q:property name='gone' type='remove'/>
            </q:frontend>
          </q:device>
        </q:override>
        <q:deprecation behavior='crash'/>
      </domain>
      """;

  @Test
  void isReadWhateverThePrefixAndWrittenBack() {
    DomainDefinition definition = DomainXml.read(XML);
    QemuExtras extras = definition.qemu();
    assertThat(extras.arguments()).containsExactly("-set", "device.net0.x=\"a'b\"");
    assertThat(extras.environment())
        .containsExactly(Map.entry("ONE", "1 2"), Map.entry("NONE", ""));
    assertThat(extras.addedCapabilities()).containsExactly("one");
    assertThat(extras.removedCapabilities()).containsExactly("two");
    assertThat(extras.deprecation()).isEqualTo("crash");
    assertThat(extras.overrides().get(0).properties())
        .filteredOn(property -> !property.type().equals("remove"))
        .extracting(QemuExtras.Property::typed)
        .containsExactly("value", -321L, new BigInteger("18446744073709551615"), true);
    String written = DomainXml.write(definition);
    assertThat(written).contains("xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'");
    assertThat(DomainXml.read(written)).isEqualTo(definition);
    assertThat(DomainJson.read(DomainJson.write(definition))).isEqualTo(definition);
  }

  @Test
  void aDefinitionWithoutItNamesNoNamespace() {
    assertThat(DomainXml.write(DomainXml.read(Samples.TENANT))).doesNotContain("xmlns:qemu");
  }

  @Test
  void refusesWhatHasNoMeaning() {
    String wrong =
        XML.replace("<q:arg value='-set'/>", "<q:arg/>")
            .replace("name='ONE'", "name='1NE'")
            .replace("name='NONE'", "")
            .replace("capability='one'", "")
            .replace("value='-321'", "value='x'")
            .replace("value='true'", "value='yes'")
            .replace("type='unsigned'", "type='number'")
            .replace("behavior='crash'", "behavior='panic'")
            .replace("<q:deprecation", "<q:other/><q:deprecation");
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> DomainXml.read(wrong));
    assertThat(refused.problem().errors())
        .extracting(Problem.Fault::path)
        .containsExactlyInAnyOrder(
            "/domain/q:commandline/q:arg[1]/@value",
            "/domain/q:commandline/q:env[1]/@name",
            "/domain/q:commandline/q:env[2]/@name",
            "/domain/q:capabilities/q:add/@capability",
            "/domain/q:override/q:device/q:frontend/q:property[2]/@value",
            "/domain/q:override/q:device/q:frontend/q:property[3]/@type",
            "/domain/q:override/q:device/q:frontend/q:property[4]/@value",
            "/domain/q:deprecation/@behavior",
            "/domain/q:other");
  }

  @Test
  void isAnOperatorsAlone() {
    List<Problem.Fault> faults = TenantPolicy.check(DomainXml.read(XML));
    assertThat(faults)
        .extracting(Problem.Fault::path)
        .containsExactly(
            "/domain/qemu:commandline",
            "/domain/qemu:capabilities",
            "/domain/qemu:override",
            "/domain/qemu:deprecation");
    assertThat(faults.get(0).detail())
        .isEqualTo("Only an operator may pass words to QEMU's command line; remove it.");
  }
}
