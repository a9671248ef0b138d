namespace CloudNative.Brownfield.Tests.PollyV7;

public sealed class PollyV7AloneTests() : PollyV7Tests(withCloudNative: false);
