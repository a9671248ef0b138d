namespace Snippets;

/// <summary>Code that the documents show; it is compiled with everything else and never run.</summary>
public static class WebService
{
    /// <summary>The two lines.</summary>
    public static void TwoLines(string[] args)
    {
        // begin-snippet: two-lines
        var builder = WebApplication.CreateBuilder(args);
        builder.AddCloudNative();      // discovery, safe calls, health, telemetry; all of it configured and checked at start

        var app = builder.Build();
        app.MapCloudNative();          // /health/startup, /health/ready, /health/live
        app.Run();
        // end-snippet
    }

    /// <summary>A client of another service.</summary>
    public static void Client(WebApplicationBuilder builder)
    {
        // begin-snippet: client
        builder.Services.AddHttpClient<CatalogClient>(client => client.BaseAddress = new Uri("http://catalog"));
        // end-snippet
    }

    /// <summary>Names the provider in code.</summary>
    public static void Embedded(WebApplicationBuilder builder)
    {
        // begin-snippet: use-embedded
        builder.AddCloudNative(cloud => cloud.UseEmbedded());
        // end-snippet
    }

    /// <summary>Pins a feature to a provider in code; configuration still wins.</summary>
    public static void Pin(WebApplicationBuilder builder)
    {
        // begin-snippet: pin
        builder.AddCloudNative(cloud =>
        {
            cloud.UseEmbedded();
            cloud.Discovery.Use("embedded");
        });
        // end-snippet
    }

    /// <summary>A worker without a web server.</summary>
    public static void Worker(string[] args)
    {
        // begin-snippet: worker
        var builder = Host.CreateApplicationBuilder(args);
        builder.AddCloudNative();
        builder.Services.AddHostedService<Worker>();
        builder.Build().Run();
        // end-snippet
    }
}
