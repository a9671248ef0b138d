using CloudNative.Comparison.Load;
using CloudNative.Comparison.Peers;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Comparison.Scenarios;

/// <summary>What a service that answers 503 to everything gets for one request of its caller: GET and POST.</summary>
internal static class FailingServer
{
    public const string Name = "all answer 503";
    public const string WithoutBudgetName = "here, no budget";

    // So that the peer's breaker (a hundred in half a minute) does not hide its retries.
    private const int FewEnough = 20;
    private const int EnoughToSpendTheShare = 1000;

    public static async Task<IReadOnlyList<Row>> RunAsync()
    {
        // All at once: the peer spends most of its time waiting between its attempts.
        return await Task.WhenAll(
            MeasureAsync(HttpMethod.Get, Stacks.Here, EnoughToSpendTheShare),
            MeasureAsync(HttpMethod.Get, WithoutBudget),
            MeasureAsync(HttpMethod.Get, Stacks.SwitchedOff),
            MeasureAsync(HttpMethod.Get, Stacks.ServiceDefaults),
            MeasureAsync(HttpMethod.Post, Stacks.Here, EnoughToSpendTheShare),
            MeasureAsync(HttpMethod.Post, Stacks.SwitchedOff),
            MeasureAsync(HttpMethod.Post, Stacks.ServiceDefaults));
    }

    // As often as the peer repeats, and as much as anybody likes.
    private static Stack WithoutBudget(IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? more = null) =>
        Stack.Create(
            WithoutBudgetName,
            new Dictionary<string, string?>(settings)
            {
                ["CloudNative:Http:Retry:BudgetRatio"] = "1",
                ["CloudNative:Http:Retry:BudgetReserve"] = "1000",
                ["CloudNative:Http:Retry:MaxAttempts"] = "4",
            },
            services => services.AddCloudNativeHttp(),
            more);

    private static async Task<Row> MeasureAsync(HttpMethod method, CreateStack create, int calls = FewEnough)
    {
        await using var failing = await Instances.StartAsync(healthy: 1, status: 503, milliseconds: 0);
        await using var stack = create(failing.Settings());
        using var client = stack.Client("a");
        var result = await ClosedLoop.RunAsync(client, callers: 20, TimeSpan.FromMinutes(2), calls, method);
        return new Row($"{Name}, {method}", stack.Name, new Dictionary<string, double>
        {
            ["calls"] = result.Good + result.Failed,
            ["requests sent"] = failing.Requests,
            ["amplification"] = (double)failing.Requests / (result.Good + result.Failed),
        });
    }
}
