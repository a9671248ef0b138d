using System.Net;
using CloudNative.Consul.Http;
using CloudNative.Consul.Leases;
using CloudNative.Consul.Telemetry;
using CloudNative.Consul.Tests.Support;
using CloudNative.Leases;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Consul.Tests.Leases;

/// <summary>
/// What depends on time, and answers that a server gives only by chance. The stand-in answers at once, so that all that a step of the
/// clock sets off is done when the step is (https://developer.hashicorp.com/consul/api-docs/session, …/api-docs/txn).
/// </summary>
public sealed class ConsulLeaseProviderTests : IDisposable
{
    private const string Key = "/v1/kv/cloudnative/leases/job";
    private const string Renewal = "/v1/session/renew/s1";
    private const string Release = $"{Key}?release=s1";
    private const string End = "/v1/session/destroy/s1";

    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogger<ConsulLease> _logger = new();
    private readonly AgentStandIn _agent;
    private readonly ConsulHttp _http;
    private readonly ConsulLeaseProvider _provider;
    private volatile Func<string, HttpResponseMessage?> _answer = _ => null;
    private bool _held;

    public ConsulLeaseProviderTests()
    {
        var options = new ConsulOptions();
        _agent = new AgentStandIn((request, _) => Task.FromResult(
            _answer(request.RequestUri!.PathAndQuery) ?? Usual(request.RequestUri!.PathAndQuery)));
        _http = Client.Of(_agent, options, _time);
        var service = new ServiceInfo { Name = "orders", InstanceId = "7f" };
        var desk = new LeaseDesk(_http, options.Leases, service, _time);
        _provider = new ConsulLeaseProvider(desk, options.Leases, _time, new ConsulMetrics(_time), _logger);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task TryAcquire_Free_CountsTheTokenFromTheEpoch()
    {
        var lease = await TakeAsync(9);
        Assert.Equal(1_700_000_000_000 + 42, lease.FencingToken);
        Assert.Equal([Key, "/v1/session/create", "/v1/txn"], _agent.Asked);
    }

    [Fact]
    public async Task TryAcquire_Held_StoresNothing()
    {
        _held = true;
        Assert.Null(await _provider.TryAcquireAsync("job", TimeSpan.FromSeconds(9), Cancel));
        Assert.Equal([Key], _agent.Asked);
    }

    [Theory]
    [InlineData("failed to lock key \\\"job\\\", lock is already held")]
    [InlineData("failed to lock key \\\"job\\\" due to lock delay")]
    public async Task TryAcquire_TakenSinceItWasFree_GivesNothingAndEndsItsSession(string words)
    {
        _answer = path => path == "/v1/txn" ? Refused(1, words) : null;
        Assert.Null(await _provider.TryAcquireAsync("job", TimeSpan.FromSeconds(9), Cancel));
        Assert.Equal(End, _agent.Asked[^1]);
    }

    [Fact]
    public async Task TryAcquire_NoEpochYet_IsMadeFromTheClock()
    {
        var answers = 0;
        _answer = path => path == "/v1/txn" && answers++ == 0 ? Refused(0, "key doesn't exist") : null;
        await TakeAsync(9);
        Assert.Equal(["/v1/txn", "/v1/kv/cloudnative/leases.epoch?cas=0", "/v1/txn"], _agent.Asked.Skip(2));
    }

    [Fact]
    public async Task TryAcquire_EpochIsNoNumber_NamesTheKeyAndTheCure()
    {
        _answer = path => path == "/v1/txn" ? Transaction("soon") : null;
        var failure = await Assert.ThrowsAsync<LeaseException>(() => TakeAsync(9));
        Assert.StartsWith("CN4108: The key cloudnative/leases.epoch", failure.Message, StringComparison.Ordinal);
        Assert.Equal([Release, End], _agent.Asked.TakeLast(2));
    }

    [Fact]
    public async Task TryAcquire_SessionEndedMeanwhile_SaysSo()
    {
        _answer = path => path == "/v1/txn" ? Refused(1, "invalid session \\\"s1\\\"") : null;
        var failure = await Assert.ThrowsAsync<LeaseException>(() => TakeAsync(9));
        Assert.Contains("invalid session", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TryAcquire_CancelledWhileTheLockIsOnItsWay_IsTakenBack()
    {
        using var cancel = new CancellationTokenSource();
        _answer = path => path == "/v1/txn" ? throw CancelledBy(cancel) : null;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _provider.TryAcquireAsync("job", TimeSpan.FromSeconds(9), cancel.Token).AsTask());
        Assert.Equal([Release, End], _agent.Asked.TakeLast(2));
    }

    [Fact]
    public async Task Held_ThirdsOfItsDuration_IsRenewedAndLookedAt()
    {
        var lease = await TakeAsync(9);
        for (var turn = 0; turn < 10; turn++)
        {
            _time.Advance(TimeSpan.FromSeconds(3));
        }

        Assert.False(lease.Lost.IsCancellationRequested);
        Assert.Equal(Enumerable.Repeat<string[]>([Renewal, Key], 10).SelectMany(round => round), _agent.Asked.Skip(3));
    }

    [Fact]
    public async Task Held_ForAnHour_IsLookedAtEveryFifteenSeconds()
    {
        await TakeAsync(3600);
        _time.Advance(TimeSpan.FromSeconds(14.9));
        Assert.DoesNotContain(Renewal, _agent.Asked);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Contains(Renewal, _agent.Asked);
    }

    [Fact]
    public async Task Agent_Away_LeaseIsLostWhenItsDurationHasPassed()
    {
        var lease = await TakeAsync(9);
        _answer = _ => throw new HttpRequestException("Connection refused");
        _time.Advance(TimeSpan.FromSeconds(8.9));
        Assert.False(lease.Lost.IsCancellationRequested);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await AssertLostAsync(lease);
        Assert.Collection( // One line for many attempts.
            _logger.Collector.GetSnapshot(),
            record => Assert.StartsWith("Lease job could not be renewed and is lost unless", record.Message, StringComparison.Ordinal),
            record => Assert.EndsWith("is lost: it could not be renewed in time.", record.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Agent_AwayAndBackInTime_LeaseIsHeldOn()
    {
        var lease = await TakeAsync(9);
        _answer = _ => throw new HttpRequestException("Connection refused");
        await AdvanceAsync(lease, seconds: 7);
        _answer = _ => null;
        await AdvanceAsync(lease, seconds: 1);
        Assert.EndsWith("Lease job is renewed again.", _logger.LatestRecord.Message, StringComparison.Ordinal);
        await AdvanceAsync(lease, seconds: 60);
        Assert.False(lease.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task Session_Ended_IsLostAtTheNextRenewal()
    {
        var lease = await TakeAsync(9);
        _answer = path => path == Renewal ? new HttpResponseMessage(HttpStatusCode.NotFound) : null;
        _time.Advance(TimeSpan.FromSeconds(3));
        await AssertLostAsync(lease);
        await lease.DisposeAsync();
        Assert.DoesNotContain(Release, _agent.Asked);
    }

    [Fact]
    public async Task Key_Deleted_IsLostAtTheNextRenewalThoughTheSessionLives()
    {
        var lease = await TakeAsync(9);
        _held = false;
        _time.Advance(TimeSpan.FromSeconds(3));
        await AssertLostAsync(lease);
    }

    [Fact]
    public async Task Dispose_Held_ReleasesOnceAndRenewsNoMore()
    {
        var lease = await TakeAsync(9);
        await lease.DisposeAsync();
        await lease.DisposeAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([Release, End], _agent.Asked.Skip(3));
        Assert.False(lease.Lost.IsCancellationRequested);
    }

    private static async Task AssertLostAsync(ILease lease)
    {
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lease.Lost.Register(lost.SetResult);
        await lost.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
    }

    private static OperationCanceledException CancelledBy(CancellationTokenSource cancel)
    {
        cancel.Cancel();
        return new OperationCanceledException(cancel.Token);
    }

    private static HttpResponseMessage Refused(int part, string words)
    {
        var response = AgentStandIn.Answer(0, $$"""{ "Results": null, "Errors": [{ "OpIndex": {{part}}, "What": "{{words}}" }] }""");
        response.StatusCode = HttpStatusCode.Conflict;
        return response;
    }

    private static HttpResponseMessage Transaction(string epoch) => AgentStandIn.Answer(0, $$"""
        { "Results": [{ "KV": { "Value": "{{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(epoch))}}", "ModifyIndex": 7 } },
                      { "KV": { "Session": "s1", "ModifyIndex": 42 } }], "Errors": null }
        """);

    private HttpResponseMessage Usual(string path)
    {
        if (path == Key && !_held)
        {
            return new HttpResponseMessage(HttpStatusCode.NotFound);
        }

        _held |= path == "/v1/txn";
        return path switch
        {
            Key => AgentStandIn.Answer(42, """[{ "Session": "s1", "Value": "bm8gSlNPTg==", "ModifyIndex": 42 }]"""),
            "/v1/session/create" => AgentStandIn.Answer(0, """{ "ID": "s1" }"""),
            "/v1/txn" => Transaction("1700000000000"),
            Renewal => AgentStandIn.Answer(0, """[{ "ID": "s1" }]"""),
            _ => AgentStandIn.Answer(0, "true"),
        };
    }

    // Each renewal ends, and has planned the next, before time goes on: in one leap it would pass a thread that has to answer.
    private async Task AdvanceAsync(ILease lease, int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await ((ConsulLease)lease).Renewing;
        }
    }

    private async Task<ILease> TakeAsync(double seconds)
    {
        var lease = await _provider.TryAcquireAsync("job", TimeSpan.FromSeconds(seconds), Cancel);
        Assert.NotNull(lease);
        return lease;
    }
}
