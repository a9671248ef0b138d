using System.Text.Json.Nodes;
using CloudNative.Kubernetes.Leases;
using CloudNative.Kubernetes.Tests.Support;
using CloudNative.Leases;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudNative.Kubernetes.Tests.Leases;

public sealed class KubernetesLeaseProviderTests : IAsyncDisposable
{
    private static readonly TimeSpan Duration = LeaseBench.Duration;

    private readonly LeaseBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Object_Held_ShowsWhatKubectlUsersLookFor()
    {
        var lease = await LeaseBench.TakeAsync(_bench.Add());
        var item = _bench.Find();
        Assert.StartsWith("orders-1_", (string?)item["spec"]!["holderIdentity"], StringComparison.Ordinal);
        Assert.Equal(
            (9, 1), ((int)item["spec"]!["leaseDurationSeconds"]!, (int)item["spec"]!["leaseTransitions"]!));
        Assert.Equal("job", (string?)item["metadata"]!["annotations"]!["cloudnative-sdk/lease"]);
        Assert.Equal($"{lease.FencingToken}", (string?)item["metadata"]!["annotations"]!["cloudnative-sdk/fencing-token"]);
        Assert.Equal("cloudnative", (string?)item["metadata"]!["labels"]!["cloudnative-sdk/leases"]);
    }

    [Fact]
    public async Task Object_Released_StaysSoThatTokensGrow()
    {
        var process = _bench.Add();
        var lease = await LeaseBench.TakeAsync(process);
        await lease.DisposeAsync();
        Assert.Null(_bench.Find()["spec"]!["holderIdentity"]);
        Assert.Equal(lease.FencingToken + 1, (await LeaseBench.TakeAsync(process)).FencingToken);
    }

    [Fact]
    public async Task Object_WithFieldsOfOthers_KeepsThem()
    {
        var process = _bench.Add();
        await using var lease = await LeaseBench.TakeAsync(process);
        var item = _bench.Find();
        item["metadata"]!["ownerReferences"] = new JsonArray(new JsonObject { ["name"] = "orders" });
        item["metadata"]!["labels"]!["team"] = "blue";
        _bench.Server.Put("leases", item);
        await process.Clock.AdvanceAsync(Duration / 2);
        Assert.False(lease.Lost.IsCancellationRequested); // The version it knew is not the last; it is the holder still.
        item = _bench.Find();
        Assert.Equal("blue", (string?)item["metadata"]!["labels"]!["team"]);
        Assert.Equal("orders", (string?)item["metadata"]!["ownerReferences"]![0]!["name"]);
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(3600)]
    public async Task Clock_OfAnotherMachineIsWrong_TakesNothingEarlyOrLate(int seconds)
    {
        var (holder, other) = (await _bench.AddFollowerAsync(), await _bench.AddFollowerAsync());
        // The wall clock, not the monotonic one, is set.
        other.Clock.AdjustTime(other.Clock.GetUtcNow().AddSeconds(seconds));
        await LeaseBench.TakeAsync(holder);
        await _bench.SeenAsync(other);
        await other.Clock.AdvanceAsync(Duration * 0.99);
        Assert.Null(await LeaseBench.TryTakeAsync(other));
        await other.Clock.AdvanceAsync(Duration * 0.03);
        Assert.NotNull(await LeaseBench.TryTakeAsync(other));
    }

    [Fact]
    public async Task TryAcquire_ProcessThatHasNotSeenTheHolder_GivesItItsWholeDuration()
    {
        await LeaseBench.TakeAsync(_bench.Add());
        var late = _bench.Add();
        Assert.Null(await LeaseBench.TryTakeAsync(late));
        await late.Clock.AdvanceAsync(Duration * 0.99);
        Assert.Null(await LeaseBench.TryTakeAsync(late));
        await late.Clock.AdvanceAsync(Duration * 0.03);
        Assert.NotNull(await LeaseBench.TryTakeAsync(late));
    }

    [Fact]
    public async Task Deleted_WhileHeld_IsFreeWhenItsHolderHasNoticed()
    {
        var (holder, other) = (await _bench.AddFollowerAsync(), await _bench.AddFollowerAsync());
        var lease = await LeaseBench.TakeAsync(holder);
        await _bench.SeenAsync(other);
        Assert.True(_bench.Delete());
        Assert.Null(await LeaseBench.TryTakeAsync(other));
        Assert.Contains(
            other.Logs.GetSnapshot(), line => line.Message.Contains("was deleted while job was held", StringComparison.Ordinal));
        await holder.Clock.AdvanceAsync(Duration / 2);
        await LeaseBench.LostAsync(lease);
        await other.Clock.AdvanceAsync(Duration * 1.02);
        // Made again within the same second of the server's clock.
        Assert.True((await LeaseBench.TakeAsync(other)).FencingToken > lease.FencingToken);
    }

    [Fact]
    public async Task Deleted_NextProcessKnowsNothingOfIt_TokensStillGrow()
    {
        var first = _bench.Add();
        var last = 0L;
        for (var turn = 0; turn < 50; turn++)
        {
            var lease = await LeaseBench.TakeAsync(first);
            last = lease.FencingToken;
            await lease.DisposeAsync();
        }

        _bench.Delete();
        _bench.ServerClock.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await LeaseBench.TakeAsync(_bench.Add())).FencingToken > last);
    }

    [Fact]
    public async Task Token_AnnotationIsGone_StillGrows()
    {
        var process = _bench.Add();
        var lease = await LeaseBench.TakeAsync(process);
        await lease.DisposeAsync();
        var item = _bench.Find();
        item["metadata"]!["annotations"]!.AsObject().Remove("cloudnative-sdk/fencing-token");
        _bench.Server.Put("leases", item);
        Assert.True((await LeaseBench.TakeAsync(_bench.Add())).FencingToken > lease.FencingToken);
    }

    [Fact]
    public async Task Server_Away_LeaseIsLostAfterItsDuration()
    {
        var process = _bench.Add();
        using var counted = new MetricCollector<int>(
            process.Meters, KubernetesTelemetryNames.Meter, KubernetesTelemetryNames.LostLeases);
        var lease = await LeaseBench.TakeAsync(process);
        _bench.Server.Faults.Refuses = true;
        await process.Clock.AdvanceAsync(Duration * 0.9);
        Assert.False(lease.Lost.IsCancellationRequested);
        await process.Clock.AdvanceAsync(Duration * 0.1);
        await LeaseBench.LostAsync(lease);
        Assert.Equal(1, counted.GetMeasurementSnapshot().EvaluateAsCounter());
        var failure = await Assert.ThrowsAsync<LeaseException>(() => LeaseBench.TryTakeAsync(process));
        Assert.StartsWith("CN4402: Kubernetes at http://stand-in", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_Hangs_RenewalGivesUpInTimeForAnother()
    {
        var process = _bench.Add();
        await using var lease = await LeaseBench.TakeAsync(process);
        _bench.Server.Faults.Hangs = true;
        process.Clock.Advance(Duration / 3);
        _bench.Server.Faults.Hangs = false;
        await process.Clock.AdvanceAsync(Duration / 3); // What hangs is given up.
        await process.Clock.AdvanceAsync(Duration / 9);
        await process.Clock.AdvanceAsync(Duration / 2);
        Assert.False(lease.Lost.IsCancellationRequested);
        Assert.Contains(process.Logs.GetSnapshot(), line => line.Message.Contains("did not answer within 3 s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Renewal_AnswerIsLost_StaysHeld()
    {
        AnswerLoss? loss = null;
        var process = _bench.Add(wrap: handler => loss = new AnswerLoss(handler));
        await using var lease = await LeaseBench.TakeAsync(process);
        loss!.LosesAnswersToPatch = true;
        await process.Clock.AdvanceAsync(Duration / 3);
        loss.LosesAnswersToPatch = false;
        await process.Clock.AdvanceAsync(Duration / 3);
        await process.Clock.AdvanceAsync(Duration / 2);
        Assert.False(lease.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task TryAcquire_AnswerIsLost_IsTakenBackWhenItCanBe()
    {
        AnswerLoss? loss = null;
        var process = _bench.Add(wrap: handler => loss = new AnswerLoss(handler));
        loss!.LosesAnswersToPatch = true;
        await Assert.ThrowsAsync<LeaseException>(() => LeaseBench.TryTakeAsync(process));
        // Also what took it back had no answer.
        Assert.Null(_bench.Find()["spec"]!["holderIdentity"]);
        Assert.NotNull(await LeaseBench.TryTakeAsync(_bench.Add()));
    }

    [Fact]
    public async Task TryAcquire_MayNotWatch_WorksAndCountsFromTheFirstQuestion()
    {
        var all = new KubernetesPermission { Group = "*", Resource = "*", Verbs = ["*"] };
        var token = _bench.Server.AddToken("admin", all);
        var poor = _bench.Server.AddToken("poor", all with { Verbs = ["get", "create", "patch"] });
        var holder = _bench.Add(token);
        await (await LeaseBench.TakeAsync(holder)).DisposeAsync();
        var other = _bench.Add(poor);
        await (await LeaseBench.TakeAsync(other)).DisposeAsync();
        await LeaseBench.TakeAsync(holder);
        Assert.Null(await LeaseBench.TryTakeAsync(other));
        await other.Clock.AdvanceAsync(Duration * 1.02);
        Assert.NotNull(await LeaseBench.TryTakeAsync(other));
    }

    [Fact]
    public async Task TryAcquire_MayNotCreate_NamesAllThatIsMissing()
    {
        var token = _bench.Server.AddToken(
            "poor", new KubernetesPermission { Group = "coordination.k8s.io", Resource = "leases", Verbs = ["get", "list", "watch"] });
        var refused = await Assert.ThrowsAsync<LeaseException>(() => LeaseBench.TryTakeAsync(_bench.Add(token)));
        Assert.StartsWith("CN4403: Kubernetes refuses to create leases.coordination.k8s.io", refused.Message, StringComparison.Ordinal);
        Assert.Contains(" in shop", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            """
            Leases need, in all:
            - apiGroups: ["coordination.k8s.io"]
              resources: ["leases"]
              verbs: ["get", "list", "watch", "create", "patch"]
            """,
            refused.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task TryAcquire_NoServer_SaysSo()
    {
        var options = new KubernetesOptions();
        await using var leases = new KubernetesLeaseProvider(
            () => new KubernetesApi(options),
            () => throw new InvalidOperationException(),
            options,
            new ServiceInfo { Name = "orders", InstanceId = "orders-1" },
            TimeProvider.System,
            null!,
            NullLogger<HeldKubernetesLease>.Instance);
        var failure = await Assert.ThrowsAsync<LeaseException>(
            () => leases.TryAcquireAsync("job", Duration, TestContext.Current.CancellationToken).AsTask());
        Assert.StartsWith("CN4409: There is no Kubernetes here", failure.Message, StringComparison.Ordinal);
    }
}
