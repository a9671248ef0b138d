using Grpc.Net.Client;
using Service._1.Greetings;

namespace Service._1.Tests.Greetings;

public sealed class GreeterTests(ServiceApp app) : IClassFixture<ServiceApp>
{
    [Fact]
    public async Task Greet_Name_IsGreeted()
    {
        using var channel = GrpcChannel.ForAddress(
            app.Server.BaseAddress, new GrpcChannelOptions { HttpHandler = app.Server.CreateHandler() });
        var reply = await new Greeter.GreeterClient(channel).GreetAsync(
            new GreetRequest { Name = "Ada" }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("Hello, Ada!", reply.Text);
    }
}
