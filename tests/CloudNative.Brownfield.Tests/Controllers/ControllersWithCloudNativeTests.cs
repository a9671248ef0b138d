using System.Net;
using Brownfield.Controllers;

namespace CloudNative.Brownfield.Tests.Controllers;

public sealed class ControllersWithCloudNativeTests() : ControllersTests(withCloudNative: true)
{
    [Theory]
    [InlineData("/health/startup")]
    [InlineData("/health/ready")]
    [InlineData("/health/live")]
    public async Task Probe_FallbackPolicyAsksForAUser_AnswersWithoutOne(string path)
    {
        await using var service = new ServiceHost<BooksController>(withCloudNative: true);
        using var client = service.CreateClient();

        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), Test.Stop);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Probe_RealServer_AnswersOnTheServicesPort()
    {
        await using var service = await ServiceProcess.StartWebAsync("Brownfield.Controllers", withCloudNative: true);

        Assert.Equal("Healthy", await service.Client.GetStringAsync(new Uri("/health/ready", UriKind.Relative), Test.Stop));
        Assert.Equal(0, await service.StopAsync());
    }
}
