using System.Net;
using CloudNative.Consul.Http;
using CloudNative.Consul.Registry;
using CloudNative.Consul.Telemetry;
using CloudNative.Consul.Tests.Support;
using CloudNative.Discovery;
using CloudNative.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Consul.Tests.Registry;

public sealed class ConsulServiceRegistryTests : IDisposable
{
    private const string Register = "/v1/agent/service/register?replace-existing-checks";
    private const string Update = "/v1/agent/check/update/service%3Acatalog%3Aa";
    private const string Deregister = "/v1/agent/service/deregister/catalog%3Aa";

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(0.1);

    private static readonly ServiceInstance Instance = new()
    {
        Service = "catalog",
        Id = "a",
        Endpoints = [new InstanceEndpoint("http", "10.0.0.1", 80)],
    };

    private readonly FakeTimeProvider _time = new();
    private readonly List<IDisposable> _made = [];
    private volatile Func<string, HttpStatusCode> _answer = _ => HttpStatusCode.OK;
    private volatile string _words = string.Empty;
    private ConsulHttp? _http;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _made.ForEach(made => made.Dispose());

    [Fact]
    public async Task Register_NobodySpeaks_IsKeptAliveAtLeastEveryFourSeconds()
    {
        var (registry, agent) = Create(new ConsulOptions());
        await registry.RegisterAsync(Instance, Cancel);
        var passed = await _time.AdvanceUntilAsync(() => agent.Asked.Count == 4, Step, TimeSpan.FromSeconds(20));
        Assert.Equal([Register, Update, Update, Update], agent.Asked);
        Assert.InRange(passed, TimeSpan.FromSeconds(3 * 3.5), TimeSpan.FromSeconds(3 * 4.2));
    }

    [Fact]
    public async Task Register_TtlIsShort_IsKeptAliveAtAThirdOfIt()
    {
        var options = new ConsulOptions { Registration = new ConsulRegistrationOptions { Ttl = TimeSpan.FromSeconds(6) } };
        var (registry, agent) = Create(options);
        await registry.RegisterAsync(Instance, Cancel);
        await _time.AdvanceUntilAsync(() => agent.Asked.Count == 2, Step, TimeSpan.FromSeconds(2.2));
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task Heartbeat_AgentForgot_IsToldAgainAtOnce(HttpStatusCode status)
    {
        var (registry, agent) = Create(new ConsulOptions());
        await registry.RegisterAsync(Instance, Cancel);
        _answer = path => path == Update ? status : HttpStatusCode.OK;
        await _time.AdvanceUntilAsync(() => agent.Asked.Count == 3, Step, TimeSpan.FromSeconds(5));
        Assert.Equal([Register, Update, Register], agent.Asked);
    }

    [Fact]
    public async Task Heartbeat_AgentCannotDoIt_IsTriedEveryFiveSeconds()
    {
        var (registry, agent) = Create(new ConsulOptions());
        await registry.RegisterAsync(Instance, Cancel);
        _answer = _ => HttpStatusCode.BadGateway;
        await _time.AdvanceUntilAsync(() => agent.Asked.Count == 2, Step, TimeSpan.FromSeconds(5));
        var passed = await _time.AdvanceUntilAsync(() => agent.Asked.Count == 5, Step, TimeSpan.FromSeconds(60));
        Assert.InRange(passed, TimeSpan.FromSeconds(14.7), TimeSpan.FromSeconds(15.5));
    }

    [Fact]
    public async Task Outage_RegisteredAndLookingForTenServices_IsOneCallInFiveSeconds()
    {
        var options = new ConsulOptions();
        var (registry, agent) = Create(options);
        await registry.RegisterAsync(Instance, Cancel);
        var source = new ConsulEndpointSource(_http!, options, _time);
        _answer = _ => throw new HttpRequestException("Connection refused");
        for (var second = 0; second < 60; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            for (var service = 0; service < 10; service++)
            {
                var update = await source.WatchAsync($"s{service}", Cancel).FirstAsync(Cancel);
                Assert.Equal(EndpointUpdateKind.Unavailable, update.Kind);
                Assert.Contains("Connection refused", update.Reason, StringComparison.Ordinal);
            }
        }

        Assert.InRange(agent.Asked.Count - 1, 11, 13);
        Assert.Contains(Update, agent.Asked);

        _answer = _ => HttpStatusCode.OK;
        var asked = agent.Asked.Count;
        await _time.AdvanceUntilAsync(() => agent.Asked.Skip(asked).Contains(Update), Step, TimeSpan.FromSeconds(5.1));
    }

    [Fact]
    public async Task Register_CancelledUnderWay_IsTakenBack()
    {
        using var cancel = new CancellationTokenSource();
        var (registry, agent) = Create(new ConsulOptions());
        _answer = path => path == Register ? throw Cancelled(cancel) : HttpStatusCode.OK;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => registry.RegisterAsync(Instance, cancel.Token).AsTask());
        Assert.Equal([Register, Deregister], agent.Asked);
    }

    [Theory]
    [InlineData("Unknown service \"catalog:a\"", false)]
    [InlineData("rpc error: No cluster leader", true)]
    public async Task Dispose_AgentAnswersWithAnError_IsFineOnlyWhenItHadForgotten(string words, bool fails)
    {
        var (registry, _) = Create(new ConsulOptions());
        var registration = await registry.RegisterAsync(Instance, Cancel);
        (_answer, _words) = (_ => HttpStatusCode.InternalServerError, words);
        var failure = await Record.ExceptionAsync(() => registration.DisposeAsync().AsTask());
        Assert.Equal(fails, failure is ServiceRegistryException);
    }

    [Fact]
    public async Task Dispose_AgentRefusesTheLastWord_IsDeregisteredAllTheSame()
    {
        var (registry, agent) = Create(new ConsulOptions());
        var registration = await registry.RegisterAsync(Instance, Cancel);
        _answer = path => path == Update ? HttpStatusCode.Forbidden : HttpStatusCode.OK;
        await registration.DisposeAsync();
        Assert.Equal([Register, Update, Deregister], agent.Asked);
    }

    [Fact]
    public async Task Dispose_NotReadyAnyway_IsNotSaidAgain()
    {
        var (registry, agent) = Create(new ConsulOptions());
        var registration = await registry.RegisterAsync(Instance, Cancel);
        await registration.SetReadyAsync(ready: false, Cancel);
        await registration.DisposeAsync();
        Assert.Equal([Register, Update, Deregister], agent.Asked);
    }

    [Fact]
    public async Task Dispose_AfterRegistration_WithdrawsThenDeregistersAndSaysNoMore()
    {
        var (registry, agent) = Create(new ConsulOptions());
        var registration = await registry.RegisterAsync(Instance, Cancel);
        await registration.DisposeAsync();
        await registration.DisposeAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([Register, Update, Deregister], agent.Asked);
    }

    [Fact]
    public async Task SetReady_AgentRefuses_NamesThePolicy()
    {
        var (registry, _) = Create(new ConsulOptions());
        var registration = await registry.RegisterAsync(Instance, Cancel);
        _answer = _ => HttpStatusCode.Forbidden;
        var failure = await Assert.ThrowsAsync<ServiceRegistryException>(() => registration.SetReadyAsync(false, Cancel).AsTask());
        Assert.Contains("service:write \"catalog\"", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://consul.lan:8500", "unused", "http://consul.lan:8500/")]
    [InlineData("http://127.0.0.1:8500", "10.1.2.3", "http://10.1.2.3:8500/")]
    [InlineData("http://127.0.0.1:8500", "127.0.0.1", null)]
    [InlineData("http://localhost:8500", "fd00::5", "http://[fd00::5]:8500/")]
    public async Task FindRemoteAddress_OfAnAgent_IsWhereItsNeighboursReachIt(string address, string member, string? expected)
    {
        var options = new ConsulOptions { Address = address };
        var agent = new AgentStandIn(AgentStandIn.Answer(0, $$"""{ "Member": { "Addr": "{{member}}" } }"""));
        Assert.Equal(expected, (await Create(options, agent).FindRemoteAddressAsync(Cancel))?.ToString());
    }

    private static OperationCanceledException Cancelled(CancellationTokenSource cancel)
    {
        cancel.Cancel();
        return new OperationCanceledException(cancel.Token);
    }

    private (ConsulServiceRegistry Registry, AgentStandIn Agent) Create(ConsulOptions options)
    {
        var agent = new AgentStandIn((request, _) => Task.FromResult(new HttpResponseMessage(_answer(request.RequestUri!.PathAndQuery))
        {
            Content = new StringContent(_words),
        }));
        return (Create(options, agent), agent);
    }

    private ConsulServiceRegistry Create(ConsulOptions options, AgentStandIn agent)
    {
        _http = Client.Of(agent, options, _time);
        var registry = new ConsulServiceRegistry(
            _http, options, _time, new ConsulMetrics(_time), NullLogger<ConsulServiceRegistry>.Instance);
        _made.AddRange([registry, _http]);
        return registry;
    }
}
