using Brownfield.SerilogOtel;
using Serilog;
using Serilog.Extensions.Logging;
using Serilog.Sinks.OpenTelemetry;

var builder = WebApplication.CreateBuilder(args);
var configuration = new LoggerConfiguration().MinimumLevel.Information();
if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 } endpoint)
{
    configuration.WriteTo.OpenTelemetry(sink =>
    {
        sink.Endpoint = $"{endpoint.TrimEnd('/')}/v1/logs";
        sink.Protocol = OtlpProtocol.HttpProtobuf;
        sink.ResourceAttributes = new Dictionary<string, object> { ["service.name"] = "greeter-by-serilog" };
    });
}

// The three ways by which services let Serilog in.
switch (builder.Configuration["SerilogAs"])
{
    case "provider":
        builder.Logging.AddSerilog(configuration.CreateLogger(), dispose: true);
        break;
    case "factory and providers":
        builder.Host.UseSerilog(configuration.CreateLogger(), dispose: true, providers: new LoggerProviderCollection());
        break;
    default:
        builder.Services.AddSerilog(configuration.CreateLogger(), dispose: true);
        break;
}

builder.Services.AddSingleton<Greeting>();
var withCloudNative = builder.Configuration.GetValue<bool>("WithCloudNative");
if (withCloudNative)
{
    builder.AddCloudNative();
}

var app = builder.Build();
if (builder.Configuration["SerilogAs"] is not "provider")
{
    app.UseSerilogRequestLogging();
}

app.MapGet("/greet/{name}", (string name, Greeting greeting) => greeting.Greet(name));
if (withCloudNative)
{
    app.MapCloudNative();
}

await app.RunAsync();
