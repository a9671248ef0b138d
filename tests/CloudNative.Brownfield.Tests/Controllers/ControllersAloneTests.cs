namespace CloudNative.Brownfield.Tests.Controllers;

public sealed class ControllersAloneTests() : ControllersTests(withCloudNative: false);
