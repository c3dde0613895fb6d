package io.drover.definition.complete;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.NativeArgv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirmwareRulesTest {
  private static final String CODE = "<loader type='pflash'>/code.fd</loader>";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "firmware='efi' | <loader readonly='yes'/> | /loader/@readonly",
        "firmware='efi' | <loader type='pflash'/> | /loader/@type",
        "firmware='efi' | <loader secure='no'/> | /loader/@secure",
        "firmware='efi' | <loader>/code.fd</loader> | /domain/os/loader",
        "firmware='efi' | <nvram template='/t.fd'/> | /nvram/@template",
        "firmware='efi' | <loader stateless='yes'/><nvram>/n.fd</nvram> | /domain/os/nvram",
        "firmware='bios' | <loader stateless='no'/> | Only EFI",
        "firmware='bios' | <nvram>/n.fd</nvram> | Only EFI",
        "'' | <loader readonly='yes'/> | names no path",
        "'' | <nvram>/n.fd</nvram> | names no path",
        "'' | <loader type='rom' stateless='no'>/b.bin</loader> | /loader/@stateless",
        "'' | <firmware><feature enabled='yes' name='secure-boot'/></firmware> | /os/firmware",
        "'' | <loader type='pflash' secure='yes'>/c.fd</loader> | requires the SMM feature",
      })
  void refusesWhatDoesNotFitTogether(String attribute, String elements, String told) {
    assertThatThrownBy(() -> argv("x86_64", "q35", attribute, elements, ""))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(told);
  }

  @ParameterizedTest
  @CsvSource({"pc, x86_64, q35 machine types only", "q35, i686, x86_64 architecture only"})
  void bootsSecurelyWhereItCan(String machine, String arch, String told) {
    String loader = "<loader type='pflash' secure='yes'>/c.fd</loader>";
    assertThatThrownBy(() -> argv(arch, machine, "", loader, "<smm state='on'/>"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(told);
  }

  @Test
  void anImageThatNeedsSmmIsNotChosenWithoutIt() {
    assertThatThrownBy(() -> argv("x86_64", "q35", "firmware='efi'", "", "<smm state='off'/>"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("/domain/features/smm");
  }

  @Test
  void thereIsNoUefiFor32Bits() {
    assertThatThrownBy(() -> argv("i686", "q35", "firmware='efi'", "", ""))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("No firmware of kind 'efi'");
  }

  @Test
  void aStatelessImageIsChosenWhenItIsAskedForAndKeepsNoVariables() {
    assertThat(argv("x86_64", "q35", "firmware='efi'", "<loader stateless='yes'/>", ""))
        .contains("OVMF.sev.fd", "pflash0=")
        .doesNotContain("pflash1=");
    assertThat(argv("x86_64", "q35", "firmware='efi'", "", "")).doesNotContain("OVMF.sev.fd");
  }

  @Test
  void codeThatTheGuestMayWriteKeepsItsVariablesItself() {
    assertThat(argv("x86_64", "pc", "", CODE, ""))
        .contains("\"read-only\":false", "pflash0=")
        .doesNotContain("pflash1=");
    assertThat(argv("x86_64", "pc", "", CODE + "<nvram>/n.fd</nvram>", "")).contains("pflash1=");
  }

  @Test
  void aRomHasNoFlash() {
    String rom = "<loader type='rom' secure='yes'>/b.bin</loader><nvram>/n.fd</nvram>";
    assertThat(argv("x86_64", "q35", "", rom, "<smm state='on'/>"))
        .contains("-bios /b.bin")
        .doesNotContain("pflash");
  }

  private static String argv(
      String arch, String machine, String attribute, String elements, String features) {
    String xml =
        "<domain type='qemu'><name>fw</name><memory>262144</memory><os %s>"
            + "<type arch='%s' machine='%s'>hvm</type>%s</os>"
            + "<features><acpi/>%s</features><devices/></domain>";
    return String.join(
        " ", NativeArgv.of(xml.formatted(attribute, arch, machine, elements, features)));
  }
}
