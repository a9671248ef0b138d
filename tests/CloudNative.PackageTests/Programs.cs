namespace CloudNative.PackageTests;

/// <summary>What the consumers run: a service as its template makes it, and the lines of the README.</summary>
internal static class Programs
{
    public const string Web = """
        var builder = WebApplication.CreateBuilder(args);
        builder.AddCloudNative();
        builder.Services.AddHttpClient("hello", client => client.BaseAddress = new Uri("http://hello"));

        var app = builder.Build();
        app.MapCloudNative();
        app.MapGet("/who", () => Environment.ProcessId.ToString());
        app.MapGet("/ask", (IHttpClientFactory clients) => clients.CreateClient("hello").GetStringAsync("/who"));
        app.Run();
        """;

    public const string AheadOfTime = """
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.AddCloudNative();
        builder.Services.AddHttpClient("hello", client => client.BaseAddress = new Uri("http://hello"));

        var app = builder.Build();
        app.MapCloudNative();
        app.MapGet("/who", () => Environment.ProcessId.ToString());
        app.MapGet("/ask", (IHttpClientFactory clients) => clients.CreateClient("hello").GetStringAsync("/who"));
        app.Run();
        """;

    public const string Worker = """
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;

        var builder = Host.CreateApplicationBuilder(args);
        builder.AddCloudNative();
        builder.Services.AddHostedService<Ticker>();
        builder.Build().Run();

        sealed class Ticker(IHostApplicationLifetime lifetime) : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                lifetime.ApplicationStarted.Register(() => Console.WriteLine("worker started"));
                await Task.Delay(Timeout.Infinite, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                Console.WriteLine("worker stopped");
            }
        }
        """;
}
