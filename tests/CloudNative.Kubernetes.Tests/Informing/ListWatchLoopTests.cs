using System.Net;
using CloudNative.Kubernetes.Tests.Support;
using CloudNative.Testing;
using Microsoft.Extensions.Logging;

namespace CloudNative.Kubernetes.Tests.Informing;

/// <summary>What happens when the server, the network or history lets go.</summary>
public sealed class ListWatchLoopTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Absences => ["refuses", "hangs", "503"];

    [Theory]
    [InlineData("closed")]
    [InlineData("broken")]
    public async Task Watch_Ends_GoesOnWhereItWas(string how)
    {
        await using var bench = new InformerBench();
        bench.Put("a", "1");
        using var informer = await bench.FollowAsync();
        bench.Put("a", "2");
        await bench.SoonAsync(() => Value(informer, "a") == "2");
        var version = bench.Server.ResourceVersion;
        bench.Clock.Advance(TimeSpan.FromSeconds(30));
        End(bench.Server, how);
        bench.Put("a", "3");
        await bench.UntilAsync(() => Value(informer, "a") == "3", TimeSpan.FromSeconds(10));
        Assert.Equal((1, 2), (bench.Count("list"), bench.Count("watch")));
        Assert.Contains($"resourceVersion={version}&", bench.Server.Requests[^1].Path, StringComparison.Ordinal);
        Assert.Null(informer.Status.StaleSince);
    }

    [Fact]
    public async Task Watch_Bookmarked_GoesOnFromTheBookmark()
    {
        await using var bench = new InformerBench();
        using var informer = await bench.FollowAsync();
        // Changes of other kinds move the version on, and so the point where history is forgotten.
        bench.Server.Put("secrets", new() { ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["name"] = "x" } });
        var version = bench.Server.ResourceVersion;
        await bench.UntilAsync(() => informer.Snapshot.ResourceVersion == version, TimeSpan.FromMinutes(2));
        bench.Server.Compact();
        bench.Server.CloseWatches();
        bench.Put("a", "1");
        await bench.UntilAsync(() => Value(informer, "a") == "1", TimeSpan.FromSeconds(10));
        Assert.Equal(1, bench.Count("list"));
    }

    [Fact]
    public async Task Watch_ObjectThatCannotBeRead_IsSaidAndNotTakenForAnAbsence()
    {
        await using var bench = new InformerBench();
        bench.Put("a", "1");
        using var informer = await bench.FollowAsync();
        bench.Server.Put("configmaps", new System.Text.Json.Nodes.JsonObject
        {
            ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["name"] = "odd", ["namespace"] = InformerBench.Place },
            ["data"] = "no map",
        });
        await bench.UntilAsync(() => informer.Status.Failure is not null, TimeSpan.FromMinutes(2));
        Assert.StartsWith("CN4406: Kubernetes answered what cannot be read", informer.Status.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal("1", Value(informer, "a"));

        // Who follows other kinds is not held back.
        using var secrets = bench.Informers.Join(KubernetesKinds.Secrets, InformerBench.Selection);
        await secrets.WaitForSyncAsync(Cancel);

        bench.Remove("odd");
        bench.Put("a", "2");
        await bench.UntilAsync(() => Value(informer, "a") == "2" && informer.Status.Failure is null, TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Watch_SilentlyLost_IsFoundOut()
    {
        await using var bench = new InformerBench();
        using var informer = await bench.FollowAsync();
        bench.Server.DropWatches();
        bench.Put("a", "1");
        var passed = await bench.UntilAsync(() => Value(informer, "a") == "1", TimeSpan.FromMinutes(10));
        Assert.InRange(passed, TimeSpan.FromMinutes(1.9), TimeSpan.FromMinutes(2.5));
        Assert.Equal(1, bench.Count("list"));
    }

    [Fact]
    public async Task Watch_OfForgottenVersion_ListsAgainAndFindsWhatIsGone()
    {
        await using var bench = new InformerBench();
        bench.Put("kept", "1");
        bench.Put("gone", "1");
        using var informer = await bench.FollowAsync();
        var kept = informer.Snapshot.Find(InformerBench.Place, "kept");
        bench.Clock.Advance(TimeSpan.FromSeconds(30));
        bench.Server.Faults.LosesEvents = true; // So that the watch does not tell before it ends.
        bench.Remove("gone");
        bench.Put("new", "1");
        bench.Server.Faults.LosesEvents = false;
        bench.Server.Compact();
        bench.Server.CloseWatches();
        await bench.UntilAsync(() => Value(informer, "new") == "1", TimeSpan.FromSeconds(10));
        Assert.Null(informer.Snapshot.Find(InformerBench.Place, "gone"));
        Assert.Same(kept, informer.Snapshot.Find(InformerBench.Place, "kept"));
        Assert.Equal(2, bench.Count("list"));
        Assert.Null(informer.Status.StaleSince);
    }

    [Fact]
    public async Task Watch_EventsWereLost_ResyncFindsThem()
    {
        await using var bench = new InformerBench();
        bench.Put("gone", "1");
        using var informer = await bench.FollowAsync();
        bench.Server.Faults.LosesEvents = true;
        bench.Remove("gone");
        var passed = await bench.UntilAsync(() => informer.Snapshot.Objects.Count == 0, TimeSpan.FromHours(2), TimeSpan.FromSeconds(10));
        Assert.InRange(passed, TimeSpan.FromMinutes(29), TimeSpan.FromMinutes(47));
        await bench.SoonAsync(
            () => bench.Logs.GetSnapshot().Any(log => log.Message.Contains("found 1 changes", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task List_PageIsForgotten_ComesInWhole()
    {
        InformerBench? made = null;
        await using var bench = new InformerBench(
            options => options.Watch.PageSize = 10,
            inner => new AfterFirstList(() =>
            {
                made!.Put("late", "1");
                made.Server.Compact();
            })
            {
                InnerHandler = inner,
            });
        made = bench;
        foreach (var number in Enumerable.Range(0, 25))
        {
            bench.Put($"map-{number}", "1");
        }

        using var informer = await bench.FollowAsync();
        Assert.Equal(26, informer.Snapshot.Objects.Count);
        Assert.Equal([200, 410, 200], bench.Server.Requests.Where(request => request.Verb == "list").Select(request => request.Status));
    }

    [Theory]
    [MemberData(nameof(Absences))]
    public async Task Server_AwayForAnHour_IsCalledSeldomAndWhatWasKnownStays(string how)
    {
        await using var bench = new InformerBench();
        bench.Put("a", "1");
        using var informer = await bench.FollowAsync();
        using var second = bench.Join(KubernetesSelection.OfName(InformerBench.Place, "a"));
        using var third = bench.Informers.Join(KubernetesKinds.Secrets, InformerBench.Selection);
        await second.WaitForSyncAsync(Cancel);
        await third.WaitForSyncAsync(Cancel);
        await bench.SoonAsync(() => bench.Server.OpenWatches == 3);
        var left = bench.Clock.GetUtcNow();
        Switch(bench.Server, how);
        bench.Server.BreakWatches();
        await bench.UntilAsync(() => informer.Status.StaleSince is not null, TimeSpan.FromMinutes(2));
        await bench.PassAsync(Hour);
        Assert.Equal("1", Value(informer, "a"));
        Assert.NotNull(informer.Status.StaleSince);
        Assert.InRange(informer.Status.StaleSince.Value, left - TimeSpan.FromMinutes(1), left);
        Assert.NotNull(informer.Status.Failure);
        // The first minute is that of finding out; from then on all three together call once in 5 s at most.
        var calls = bench.Server.Requests.Select(request => request.At).Where(at => at > left + TimeSpan.FromMinutes(1)).ToList();
        Assert.InRange(calls.Count, 100, 4000 / 5);
        Assert.All(calls.Zip(calls.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromSeconds(5)));
        // One warning for each, however long it lasts.
        Assert.Equal(3, bench.Logs.GetSnapshot().Count(log => log.Level == LogLevel.Warning));

        bench.Put("a", "2");
        Switch(bench.Server, "back");
        await bench.UntilAsync(() => Value(informer, "a") == "2", TimeSpan.FromMinutes(2));
        await bench.UntilAsync(
            () => informer.Status.StaleSince is null && second.Status.StaleSince is null && third.Status.StaleSince is null,
            TimeSpan.FromMinutes(2));
        Assert.Null(informer.Status.Failure);
    }

    [Fact]
    public async Task Server_AwayForLong_IsListedAgainSinceItMayBeAnEarlierOne()
    {
        await using var bench = new InformerBench();
        bench.Put("a", "1");
        using var informer = await bench.FollowAsync();
        bench.Server.Faults.Refuses = true;
        bench.Server.BreakWatches();
        bench.Remove("a");
        await bench.UntilAsync(() => bench.Clock.GetUtcNow() - informer.Status.StaleSince > TimeSpan.FromMinutes(2), Hour);
        bench.Server.Faults.Refuses = false;
        await bench.UntilAsync(() => informer.Snapshot.Objects.Count == 0, TimeSpan.FromMinutes(1));
        Assert.Equal(2, bench.Server.Requests.Count(request => request is { Verb: "list", Status: 200 }));
    }

    [Fact]
    public async Task Server_EndsWatchesAtOnce_IsNotCalledInALoop()
    {
        await using var bench = new InformerBench();
        using var informer = await bench.FollowAsync();
        bench.Server.Faults.EndsWatchesAtOnce = true;
        bench.Server.CloseWatches();
        await bench.PassAsync(Hour);
        Assert.InRange(bench.Count("watch"), 40, 150);
    }

    [Fact]
    public async Task Token_ReplacedAfterItExpired_IsReadAgain()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "token");
        await File.WriteAllTextAsync(file, "unknown", Cancel);
        await using var bench = new InformerBench(options => options.TokenFile = file);
        var weak = bench.Server.AddToken("weak");
        using var informer = bench.Join();
        await using var updates = informer.ReadUpdatesAsync(Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await updates.MoveNextAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, updates.Current.Status.Failure?.StatusCode);

        // A token that is known and may do nothing: the failure holds the rule.
        await File.WriteAllTextAsync(file, weak, Cancel);
        await bench.UntilAsync(() => informer.Status.Failure is KubernetesForbiddenException, TimeSpan.FromMinutes(2));
        var strong = bench.Server.AddToken(
            "strong", new KubernetesPermission { Resource = "configmaps", Verbs = ["list", "watch"], Namespace = InformerBench.Place });
        await File.WriteAllTextAsync(file, strong, Cancel);
        await bench.UntilAsync(() => informer.Status is { IsSynced: true, Failure: null }, TimeSpan.FromMinutes(5));
    }

    /// <summary>A connection that dies under a call shows itself in many ways; none may end the watch for good.</summary>
    [Theory]
    [InlineData("disposed", false)]
    [InlineData("disposed", true)]
    [InlineData("canceled", false)]
    [InlineData("canceled", true)]
    [InlineData("broken", true)]
    [InlineData("unexpected", false)]
    [InlineData("unexpected", true)]
    public async Task Transport_FailsInAnyWay_IsTriedAgain(string how, bool inTheBody)
    {
        var transport = new FailingTransport { InTheBody = inTheBody };
        await using var bench = new InformerBench(wrap: inner =>
        {
            transport.InnerHandler = inner;
            return transport;
        });
        using var informer = await bench.FollowAsync();
        transport.Failure = () => how switch
        {
            "disposed" => new ObjectDisposedException("connection"),
            "canceled" => new TaskCanceledException("connection"),
            "broken" => new IOException("connection"),
            _ => new InvalidOperationException("connection"),
        };
        bench.Server.CloseWatches();
        bench.Put("a", "1");
        for (var minute = 0; minute < 3; minute++)
        {
            await bench.PassAsync(TimeSpan.FromMinutes(1));
        }

        transport.Failure = null;
        await bench.UntilAsync(() => Value(informer, "a") == "1", TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Api_Disposed_EndsTheWatch()
    {
        await using var bench = new InformerBench();
        using var informer = await bench.FollowAsync();
        bench.Api.Dispose();
        await bench.Informers.DisposeAsync();
        Assert.Equal(0, bench.Informers.Count);
    }

    private static string? Value(KubernetesInformer<KubernetesConfigMap> informer, string name) =>
        informer.Snapshot.Find(InformerBench.Place, name).Value();

    private static void End(KubernetesTestServer server, string how)
    {
        if (how == "closed")
        {
            server.CloseWatches();
        }
        else
        {
            server.BreakWatches();
        }
    }

    private static void Switch(KubernetesTestServer server, string how)
    {
        server.Faults.Refuses = how == "refuses";
        server.Faults.Hangs = how == "hangs";
        server.Faults.Answer = how == "503" ? HttpStatusCode.ServiceUnavailable : null;
    }
}
