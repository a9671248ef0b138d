using System.Net;
using System.Net.Http.Json;
using CloudNative.Consumers;
using CloudNative.Testing;

namespace CloudNative.PackageTests.Templates;

/// <summary>The app of two services, and a third one that was added to it.</summary>
public sealed class AppTemplateTests(PackageFeed feed)
{
    [Fact]
    public async Task App_ByDotnetTest_PassesItsTests()
    {
        var projects = await feed.CreatedAsync();
        var output = await Dotnet.RunAsync(Path.Combine(projects.Folder, CreatedProjects.App), "test", "--no-build");
        Assert.Contains("failed: 0", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task App_Started_RunsAllServicesAndOrderReachesTheCatalog()
    {
        var projects = await feed.CreatedAsync();
        using var data = new TemporaryDirectory();
        var project = $"{CreatedProjects.App}.Local";
        await using var app = ChildProcess.Start(new ChildProcessOptions
        {
            FileName = Dotnet.Program,
            Arguments = ["exec", projects.ProgramOf(CreatedProjects.App, project), "--no-build", "--data", data.Path],

            // Not the app's folder: the file is found from the project.
            WorkingDirectory = data.Path,
            Timeout = TimeSpan.FromMinutes(2),
        });
        var catalog = await AddressAsync(app, "catalog");
        var ordering = await AddressAsync(app, "ordering");
        var shipping = await AddressAsync(app, "shipping");
        Uri[] entries = [await EntryAsync(app), await EntryAsync(app)];

        using var client = new HttpClient();
        Assert.Equal([ordering, shipping], entries.OrderBy(entry => entry == shipping));
        foreach (var entry in entries)
        {
            using var page = await client.GetAsync(entry, TestContext.Current.CancellationToken);
            Assert.True(page.IsSuccessStatusCode, $"{entry} answers {(int)page.StatusCode}");
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        using var placed = await client.PostAsJsonAsync(
            new Uri(ordering, "/orders"), new { productId = "mug", quantity = 3 }, patience.Token);
        var answer = await placed.Content.ReadAsStringAsync(patience.Token);
        Assert.True(placed.StatusCode == HttpStatusCode.Created, $"{answer}\n{app.Output}");
        while (await client.GetStringAsync(new Uri(catalog, "/products/mug/ordered"), patience.Token) != "3")
        {
            await Task.Delay(50, patience.Token);
        }

        var greeting = await client.GetStringAsync(new Uri(shipping, "/greetings/Ada/of-a-neighbour"), patience.Token);
        Assert.Contains("Hello, Ada!", greeting, StringComparison.Ordinal);
        await Signals.TerminateAsync(app.Id);
        Assert.Equal(0, await app.WaitForExitAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>An address that a person is told to open.</summary>
    private static async Task<Uri> EntryAsync(ChildProcess app)
    {
        const string open = "Open ";
        var line = await app.WaitForLineAsync(
            line => line.StartsWith(open, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        return new Uri(line[open.Length..]);
    }

    /// <summary>From the table, whose rows are in alphabetical order.</summary>
    private static async Task<Uri> AddressAsync(ChildProcess app, string service)
    {
        var row = await app.WaitForLineAsync(
            line => line.StartsWith($"| {service} ", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        return new Uri(row.Split('|')[4].Trim());
    }
}
