namespace CloudNative.Brownfield.Tests.SerilogOtel;

public sealed class SerilogOtelAloneTests() : SerilogOtelTests(withCloudNative: false);
