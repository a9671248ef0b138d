using System.Threading.RateLimiting;
using CloudNative.Comparison.Load;
using CloudNative.Comparison.Peers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Comparison.Scenarios;

/// <summary>
/// A service gets three times what it can do, from callers who do not wait for each other and give up after a second. What it can do is
/// fixed by places and the time that each takes, so that it does not depend on the machine.
/// </summary>
internal static class Overload
{
    public const string Name = "three times the peak";
    public const string Share = "goodput, % of the peak";
    public const string Recovery = "recovered after, s";
    public const string HereName = "here";
    public const string OffName = "here, shedding off";
    public const string ClientLimitName = "here, shedding off, limit in the client";
    public const string PlainName = "ServiceDefaults, no limit";
    public const string LimiterName = "ServiceDefaults, AddRateLimiter";

    private const int Closed = 2 * BoundedServer.Places;
    private const double Usual = 0.7;
    private const double Times = 3;
    private const double Slice = 0.5;
    private const double Recovered = 0.95;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static async Task<IReadOnlyList<Row>> RunAsync(Scale scale) =>
    [
        await RunAsync(HereName, settings => Stacks.Here(settings), scale, builder => AddHere(builder, isShedding: true)),
        await RunAsync(ClientLimitName, Limited, scale, builder => AddHere(builder, isShedding: false)),
        await RunAsync(OffName, settings => Stacks.Here(settings), scale, builder => AddHere(builder, isShedding: false)),
        await RunAsync(LimiterName, settings => Stacks.ServiceDefaults(settings), scale, AddLimiter, app => app.UseRateLimiter()),
        await RunAsync(PlainName, settings => Stacks.ServiceDefaults(settings), scale, _ => { }),
    ];

    /// <summary>With it; then without it and the peer that has nothing, at once, because both fall away in any case.</summary>
    public static async Task<IReadOnlyList<Row>> RunShortAsync(Scale scale) =>
    [
        await RunAsync(HereName, settings => Stacks.Here(settings), scale, builder => AddHere(builder, isShedding: true)),
        .. await Task.WhenAll(
            RunAsync(OffName, settings => Stacks.Here(settings), scale, builder => AddHere(builder, isShedding: false)),
            RunAsync(PlainName, settings => Stacks.ServiceDefaults(settings), scale, _ => { })),
    ];

    private static async Task<Row> RunAsync(
        string name,
        Func<IReadOnlyDictionary<string, string?>, Stack> create,
        Scale scale,
        Action<WebApplicationBuilder> add,
        Action<WebApplication>? use = null)
    {
        await using var server = await BoundedServer.StartAsync(add, use);
        await using var stack = create(new Dictionary<string, string?> { ["Services:catalog:http:0"] = server.Address });
        using var client = stack.Client("a");
        await ClosedLoop.RunAsync(client, Closed, scale.Load);
        var peak = (await ClosedLoop.RunAsync(client, Closed, scale.Load)).GoodPerSecond;
        var load = new OpenLoop(HttpCall.By(client), Patience);
        var seconds = 4 * scale.Load.TotalSeconds;
        await load.RunAsync(Usual * peak, seconds);
        var (from, to) = await load.RunAsync(Times * peak, seconds);
        var (after, end) = await load.RunAsync(Usual * peak, seconds);
        await load.EndAsync();
        return new Row(Name, name, new Dictionary<string, double>
        {
            ["peak rps"] = peak,
            ["good rps"] = load.Goodput(from, to),
            [Share] = 100 * load.Goodput(from, to) / peak,
            ["p99, ms"] = load.Latency(from, to, 0.99),
            [Recovery] = RecoveryOf(load, after, end),
        });
    }

    /// <summary>From when on the calls of half a second were answered again; the whole time when they never were.</summary>
    private static double RecoveryOf(OpenLoop load, double from, double to)
    {
        for (var at = from; at + Slice <= to; at += Slice)
        {
            if (load.Success(at, at + Slice) >= Recovered)
            {
                return at - from;
            }
        }

        return to - from;
    }

    private static Stack Limited(IReadOnlyDictionary<string, string?> settings) =>
        Stacks.Here(new Dictionary<string, string?>(settings)
        {
            ["CloudNative:Http:ConcurrencyLimit:Enabled"] = "true",

            // A caller who cancels says nothing of the service; a timeout of the client does.
            ["CloudNative:Http:Timeout"] = "00:00:00.900",
        });

    private static void AddHere(WebApplicationBuilder builder, bool isShedding)
    {
        builder.Configuration["CloudNative:Discovery:Provider"] = "none";
        builder.Configuration["CloudNative:LoadShedding:Enabled"] = $"{isShedding}";
        builder.AddCloudNative();
    }

    // Its documentation leaves the limit to its user. One who knows exactly what the service can do sets this.
    private static void AddLimiter(WebApplicationBuilder builder) => builder.Services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = 503;
        options.GlobalLimiter = PartitionedRateLimiter.Create<Microsoft.AspNetCore.Http.HttpContext, string>(
            _ => RateLimitPartition.GetConcurrencyLimiter("all", _ => new ConcurrencyLimiterOptions
            {
                PermitLimit = BoundedServer.Places,
                QueueLimit = BoundedServer.Places,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }));
    });
}
