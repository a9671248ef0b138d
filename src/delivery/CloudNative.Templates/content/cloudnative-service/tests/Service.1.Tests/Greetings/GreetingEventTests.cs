using System.Net;
using CloudNative.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Service._1.Tests.Greetings;

public sealed class GreetingEventTests(ServiceApp app) : IClassFixture<ServiceApp>
{
    [Fact]
    public async Task Post_Name_EndsInTheBook()
    {
        using var client = app.CreateClient();
        using var response = await client.PostAsync("/greetings/Grace", content: null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);

        var events = app.Services.GetRequiredService<EventsTestHarness>();
        await events.QuiescedAsync(TestContext.Current.CancellationToken);
        Assert.Single(events.Settled);
        Assert.Equal("""["Grace"]""", await client.GetStringAsync("/greetings", TestContext.Current.CancellationToken));
    }
}
