namespace CloudNative.Brownfield.Tests.Startup;

public sealed class StartupWithCloudNativeTests() : StartupTests(withCloudNative: true)
{
    [Theory]
    [InlineData("/health/ready")]
    [InlineData("/shop/health/ready")]
    public async Task Probe_MappedInStartup_Answers(string path)
    {
        await using var service = Create();
        using var client = service.CreateClient();

        Assert.Equal("Healthy", await client.GetStringAsync(path, Test.Stop));
    }
}
