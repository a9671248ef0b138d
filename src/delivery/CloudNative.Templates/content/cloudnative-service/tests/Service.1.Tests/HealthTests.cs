using System.Net;

namespace Service._1.Tests;

public sealed class HealthTests(ServiceApp app) : IClassFixture<ServiceApp>
{
    [Theory]
    [InlineData("/health/startup")]
    [InlineData("/health/ready")]
    [InlineData("/health/live")]
    public async Task Get_Probe_IsOk(string path)
    {
        using var client = app.CreateClient();
        using var response = await client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
