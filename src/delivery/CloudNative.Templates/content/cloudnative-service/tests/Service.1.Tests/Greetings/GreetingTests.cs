using System.Net;
using System.Text.Json;

namespace Service._1.Tests.Greetings;

public sealed class GreetingTests(ServiceApp app) : IClassFixture<ServiceApp>
{
    [Theory]
    [InlineData("/greetings/Ada")]
    [InlineData("/greetings/Ada/of-a-neighbour")]
    public async Task Get_Name_IsGreeted(string path)
    {
        using var client = app.CreateClient();
        using var greeting = JsonDocument.Parse(await client.GetStringAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal("Hello, Ada!", greeting.RootElement.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Get_NameTooLong_IsRefused()
    {
        using var client = app.CreateClient();
        using var response = await client.GetAsync($"/greetings/{new string('a', 41)}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}
