namespace CloudNative.Brownfield.Tests.Startup;

public sealed class StartupAloneTests() : StartupTests(withCloudNative: false);
