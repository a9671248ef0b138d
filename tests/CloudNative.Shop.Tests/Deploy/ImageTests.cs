using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json.Nodes;
using CloudNative.Consumers;
using CloudNative.Testing;

namespace CloudNative.Shop.Tests.Deploy;

/// <summary>The image of a service, made as the README says: what it tells an engine, and that what is in it runs.</summary>
public sealed class ImageTests : IDisposable
{
    private const string Repository = "shop/catalog";
    private const string Tag = "1.0";

    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task PublishContainer_OfTheCatalog_MakesWhatItsManifestRuns()
    {
        await using var registry = new ContainerRegistry();
        await registry.StartAsync();
        await registry.PushBaseAsync("base/aspnet", "10.0");
        await PublishAsync(registry);

        var manifest = await registry.ReadManifestAsync(Repository, Tag);
        var configuration = await ReadConfigurationAsync(registry, manifest);
        var deployment = ManifestFiles.Read().Single(one => one is { Kind: "Deployment", Name: "catalog" });
        Assert.Equal($"{Repository}:{Tag}", Manifest.Text(deployment.Container["image"]));
        var user = deployment.PodSpec["securityContext"]!["runAsUser"]!.GetValue<int>();
        Assert.Equal($"{user}", Manifest.Text(configuration["User"]));
        Assert.NotNull(configuration["ExposedPorts"]!["8080/tcp"]);

        var folder = await ExtractAsync(registry, manifest);
        var program = Assert.Single(Directory.GetFiles(folder, "Shop.Catalog.dll", SearchOption.AllDirectories));
        var entry = string.Join(' ', configuration["Entrypoint"]!.AsArray().Select(Manifest.Text));
        Assert.Contains("/app/Shop.Catalog", entry, StringComparison.Ordinal);
        await using var service = await RunningService.StartAsync(program, Path.GetDirectoryName(program)!, new Dictionary<string, string?>
        {
            ["CLOUDNATIVE_DATA_DIRECTORY"] = _directory.Path,
            ["CloudNative__Embedded__DataDirectory"] = _directory.Path,
        });
        await service.WaitForOkAsync("/health/ready");
        Assert.Contains("walden", await service.GetAsync("/products/walden"), StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    // What was built with this test is published, so that it takes seconds.
    private static Task<string> PublishAsync(ContainerRegistry registry)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return Dotnet.RunAsync(
            Checkout.Root,
            "publish",
            "samples/Shop/Catalog",
            "--no-build",
            "-c",
            own.Name,
            "-nologo",
            "-t:PublishContainer",
            $"-p:ContainerRegistry={registry.Name}",
            $"-p:ContainerBaseImage={registry.Name}/base/aspnet:10.0",
            $"-p:ContainerImageTag={Tag}");
    }

    private static async Task<JsonNode> ReadConfigurationAsync(ContainerRegistry registry, JsonNode manifest) =>
        JsonNode.Parse(await registry.ReadBlobAsync(Repository, Manifest.Text(manifest["config"]!["digest"])))!["config"]!;

    private async Task<string> ExtractAsync(ContainerRegistry registry, JsonNode manifest)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_directory.Path, "image")).FullName;
        foreach (var layer in manifest["layers"]!.AsArray())
        {
            var content = await registry.ReadBlobAsync(Repository, Manifest.Text(layer!["digest"]));
            await using var zip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
            await TarFile.ExtractToDirectoryAsync(zip, folder, overwriteFiles: true, TestContext.Current.CancellationToken);
        }

        return folder;
    }
}
