using CloudNative.Consul.Registry;
using CloudNative.Consul.Tests.Support;
using CloudNative.Discovery;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Consul.Tests.Registry;

public sealed class ConsulEndpointSourceTests
{
    private const string One = """[{ "Node": { "Node": "n", "Address": "10.0.0.1" }, "Service": { "ID": "a", "Port": 80 } }]""";
    private const string Two = """[{ "Node": { "Node": "n", "Address": "10.0.0.1" }, "Service": { "ID": "b", "Port": 80 } }]""";

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watch_IndexGrows_IsWaitedFrom()
    {
        var agent = new AgentStandIn(AgentStandIn.Answer(7, One), AgentStandIn.Answer(9, Two));
        await ReadAsync(agent, 2, new ConsulOptions { WaitTime = TimeSpan.FromSeconds(30), Datacenter = "eu west" });
        Assert.Equal(
            [
                "/v1/health/service/catalog?stale&dc=eu%20west",
                "/v1/health/service/catalog?stale&dc=eu%20west&index=7&wait=30000ms",
            ],
            agent.Asked);
    }

    [Fact]
    public async Task Watch_FilterNamespaceAndPartition_AreSaidWithEachQuestion()
    {
        var agent = new AgentStandIn(AgentStandIn.Answer(7, One));
        await ReadAsync(agent, 1, new ConsulOptions { Filter = "Service.Meta.team == \"a b\"", Namespace = "shop", Partition = "eu" });
        Assert.Equal(
            "/v1/health/service/catalog?stale&filter=Service.Meta.team%20%3D%3D%20%22a%20b%22&ns=shop&partition=eu",
            Assert.Single(agent.Asked));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(0)]
    public async Task Watch_IndexGoesBackwards_IsAskedAnewWithoutOne(ulong index)
    {
        var agent = new AgentStandIn(
            AgentStandIn.Answer(70, One), AgentStandIn.Answer(index, Two), AgentStandIn.Answer(index, One));
        await ReadAsync(agent, 3);
        Assert.DoesNotContain("index", agent.Asked[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_AnswerSaysNothingNew_IsNotPassedOn()
    {
        var agent = new AgentStandIn(AgentStandIn.Answer(1, One), AgentStandIn.Answer(2, One), AgentStandIn.Answer(3, Two));
        var updates = await ReadAsync(agent, 2);
        Assert.Equal(["n/a", "n/b"], updates.Select(update => update.Instances[0].Id));
    }

    [Fact]
    public async Task Watch_AgentAnswersAtOnceForEver_IsAskedTwiceASecond()
    {
        var agent = new AgentStandIn((_, _) => Task.FromResult(AgentStandIn.Answer(0, One)));
        using var http = Client.Of(agent, new ConsulOptions(), _time);
        using var stop = new CancellationTokenSource();
        var watching = WatchAsync(new ConsulEndpointSource(http, new ConsulOptions(), _time), stop.Token);

        // All that goes on before the first pause goes on within the call: the stand-in answers at once.
        Assert.Equal(QuestionBudget.Burst, agent.Asked.Count);
        for (var second = 0; second < 10; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(agent.Asked.Count, QuestionBudget.Burst + 5, QuestionBudget.Burst + 20);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
    }

    [Fact]
    public async Task Watch_EmptyAndFiltered_IsUnavailableAndNamesThePolicies()
    {
        var agent = new AgentStandIn(AgentStandIn.Answer(1, "[]", isFiltered: true));
        var update = Assert.Single(await ReadAsync(agent, 1));
        Assert.Equal(EndpointUpdateKind.Unavailable, update.Kind);
        Assert.StartsWith("CN4104", update.Reason, StringComparison.Ordinal);
        Assert.Contains("service:read \"catalog\" and node:read", update.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_Empty_IsNotFound() =>
        Assert.Same(EndpointUpdate.NotFound, Assert.Single(await ReadAsync(new AgentStandIn(AgentStandIn.Answer(1, "[]")), 1)));

    [Theory]
    [InlineData("service:a", "not ready", true)]
    [InlineData("service:a", "TTL expired (last output before timeout follows): not ready", false)]
    [InlineData("serfHealth", "not ready", false)]
    [InlineData("service:other", "not ready", false)]
    [InlineData("_service_maintenance:a", "", true)]
    [InlineData("_node_maintenance", "back at noon", true)]
    public async Task Watch_NobodyTakesCalls_IsCertainWhereSomebodyHasSaidIt(string check, string output, bool confirmed)
    {
        var answer = $$"""
            [{
              "Node": { "Node": "n", "Address": "10.0.0.1" },
              "Service": { "ID": "a", "Port": 80, "Meta": { "cloudnative-id": "a" } },
              "Checks": [
                { "CheckID": "well", "Status": "passing" },
                { "CheckID": "{{check}}", "Status": "critical", "Output": "{{output}}" }
              ]
            }]
            """;

        var update = Assert.Single(await ReadAsync(new AgentStandIn(AgentStandIn.Answer(1, answer)), 1));

        Assert.Empty(update.Instances);
        Assert.Equal(confirmed, update.IsConfirmed);
    }

    [Fact]
    public async Task Watch_OneOfTwoLostItsAgent_IsNotCertain()
    {
        const string Answer = """
            [
              { "Service": { "ID": "a", "Meta": { "cloudnative-id": "a" } },
                "Checks": [{ "CheckID": "service:a", "Status": "critical", "Output": "not ready" }] },
              { "Service": { "ID": "b", "Meta": { "cloudnative-id": "b" } },
                "Checks": [{ "CheckID": "serfHealth", "Status": "critical", "Output": "Agent not live or unreachable" }] }
            ]
            """;

        Assert.False(Assert.Single(await ReadAsync(new AgentStandIn(AgentStandIn.Answer(1, Answer)), 1)).IsConfirmed);
    }

    [Fact]
    public async Task Watch_NoAnswerWhileWaiting_EndsAfterTheWaitAndAnAllowance()
    {
        var agent = new AgentStandIn(AgentStandIn.Answer(1, One));
        using var http = Client.Of(agent, new ConsulOptions(), _time);
        var source = new ConsulEndpointSource(http, new ConsulOptions(), _time);
        await using var updates = source.WatchAsync("catalog", Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await updates.MoveNextAsync());
        var next = updates.MoveNextAsync().AsTask();

        _time.Advance(TimeSpan.FromSeconds(64)); // The wait, and the sixteenth that the agent adds.
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(await next);
        Assert.Equal(EndpointUpdateKind.Unavailable, updates.Current.Kind);
        Assert.StartsWith("CN4102", updates.Current.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_AnswerIsNoJson_IsUnavailable()
    {
        var update = Assert.Single(await ReadAsync(new AgentStandIn(AgentStandIn.Answer(1, "<html>")), 1));
        Assert.Equal(EndpointUpdateKind.Unavailable, update.Kind);
    }

    private static async Task WatchAsync(ConsulEndpointSource source, CancellationToken cancellationToken)
    {
        await foreach (var update in source.WatchAsync("catalog", cancellationToken))
        {
            Assert.Equal(EndpointUpdateKind.Answer, update.Kind);
        }
    }

    private async Task<List<EndpointUpdate>> ReadAsync(AgentStandIn agent, int count, ConsulOptions? options = null)
    {
        options ??= new ConsulOptions();
        using var http = Client.Of(agent, options, _time);
        return await new ConsulEndpointSource(http, options, _time).WatchAsync("catalog", Cancel).Take(count).ToListAsync(Cancel);
    }
}
