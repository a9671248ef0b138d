namespace Snippets;

/// <summary>The first service of the guide.</summary>
public static class Hello
{
    /// <summary>A service that calls itself by its name.</summary>
    public static void Run(string[] args)
    {
        // begin-snippet: hello
        var builder = WebApplication.CreateBuilder(args);
        builder.AddCloudNative();
        builder.Services.AddHttpClient("hello", client => client.BaseAddress = new Uri("http://hello"));

        var app = builder.Build();
        app.MapCloudNative();
        app.MapGet("/who", () => $"process {Environment.ProcessId}\n");
        app.MapGet("/ask", (IHttpClientFactory clients) => clients.CreateClient("hello").GetStringAsync("/who"));
        app.Run();
        // end-snippet
    }
}
