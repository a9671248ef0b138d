using CloudNative.Discovery;
using CloudNative.Embedded.Tests.Support;
using CloudNative.Testing;
using CloudNative.Testing.Agent.Client;

namespace CloudNative.Embedded.Tests.Registry;

public sealed class EmbeddedEndpointSourceTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Watch_LastInstanceLeaves_AnswersWithNobodyAndVouchesForIt()
    {
        await using var host = new EmbeddedHost(_directory.Path);
        await using var follower = new ServiceFollower(host.Source, "catalog");
        var registration = await host.Registry.RegisterAsync(Instances.Of("catalog", "a"), Cancelled);
        Assert.True((await follower.WaitForIdsAsync("a")).IsConfirmed);
        await registration.DisposeAsync();
        Assert.True((await follower.WaitForIdsAsync()).IsConfirmed);
    }

    [Fact]
    public async Task Watch_AfterAllProcessesEnded_ForgetsWhatWasKnown()
    {
        await using (var host = new EmbeddedHost(_directory.Path))
        {
            await host.Registry.RegisterAsync(Instances.Of("catalog", "a"), Cancelled);
        }

        await using var next = new EmbeddedHost(_directory.Path);
        await using var follower = new ServiceFollower(next.Source, "catalog");
        Assert.Equal(EndpointUpdateKind.NotFound, (await follower.WaitForAsync(_ => true, "anything")).Kind);
    }

    [Fact]
    public async Task Watch_HostIsDisposed_SaysUnavailableAndEnds()
    {
        var host = new EmbeddedHost(_directory.Path);
        var source = host.Source;
        await host.Registry.RegisterAsync(Instances.Of("catalog", "a"), Cancelled);
        await host.DisposeAsync();
        var updates = new List<EndpointUpdate>();
        await foreach (var update in source.WatchAsync("catalog", Cancelled))
        {
            updates.Add(update);
        }

        Assert.Equal(EndpointUpdateKind.Unavailable, Assert.Single(updates).Kind);
    }
}
