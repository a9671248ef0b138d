using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

// One service in three ways, told apart by its first argument; CloudNative.Benchmarks --startup measures them.
var way = args.FirstOrDefault() ?? "bare";
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();

if (way == "ours")
{
    builder.AddCloudNative();
}
else if (way == "hand")
{
    // What the template of Microsoft's ServiceDefaults adds.
    builder.Services.AddOpenTelemetry()
        .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation())
        .WithTracing(tracing => tracing.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation());
    builder.Services.AddHealthChecks();
    builder.Services.AddServiceDiscovery();
    builder.Services.ConfigureHttpClientDefaults(http =>
    {
        http.AddStandardResilienceHandler();
        http.AddServiceDiscovery();
    });
}

var app = builder.Build();
app.MapGet("/", () => "ready");
if (way == "ours")
{
    app.MapCloudNative();
}
else if (way == "hand")
{
    app.MapHealthChecks("/health/ready");
}

app.Run();
