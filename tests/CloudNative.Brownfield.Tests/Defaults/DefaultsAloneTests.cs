namespace CloudNative.Brownfield.Tests.Defaults;

public sealed class DefaultsAloneTests() : DefaultsTests(withCloudNative: false);
