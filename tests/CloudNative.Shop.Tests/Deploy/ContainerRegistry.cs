using System.Formats.Tar;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudNative.Testing;

namespace CloudNative.Shop.Tests.Deploy;

/// <summary>
/// A real registry of images (docker-registry) on a loopback port of its own. Tests skip where there is none: <c>build/setup.sh</c>
/// installs it.
/// </summary>
internal sealed class ContainerRegistry : IAsyncDisposable
{
    private const string Program = "/usr/bin/docker-registry";
    private const string ImageManifest = "application/vnd.docker.distribution.manifest.v2+json";

    private readonly TemporaryDirectory _directory = new();
    private readonly int _port = FreePort.Find();
    private ChildProcess? _process;

    /// <summary>As commands name it: <c>localhost:5000</c>.</summary>
    public string Name => $"localhost:{_port}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private HttpClient Client => field ??= new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}/v2/") };

    public async Task StartAsync()
    {
        Assert.SkipUnless(File.Exists(Program), "No docker-registry here: run build/setup.sh.");
        var file = Path.Combine(_directory.Path, "registry.yaml");
        await File.WriteAllTextAsync(
            file,
            $$"""
            version: 0.1
            storage: { filesystem: { rootdirectory: "{{_directory.Path}}/images" } }
            http: { addr: "127.0.0.1:{{_port}}" }
            """,
            Cancel);
        _process = ChildProcess.Start(new ChildProcessOptions { FileName = Program, Arguments = ["serve", file] });
        while (!await IsUpAsync())
        {
            Assert.False(_process.HasExited, _process.Output);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancel);
        }
    }

    /// <summary>
    /// Puts an image there that says of itself what those of ASP.NET Core say, with nothing in it: nobody runs it here.
    /// </summary>
    public async Task PushBaseAsync(string repository, string tag)
    {
        var layer = EmptyLayer();
        var configuration = new JsonObject
        {
            ["architecture"] = "amd64",
            ["os"] = "linux",
            ["config"] = new JsonObject { ["Env"] = new JsonArray("APP_UID=1654", "ASPNETCORE_HTTP_PORTS=8080") },
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray(Digest(Unzip(layer))) },
            ["history"] = new JsonArray(),
        };
        var content = JsonSerializer.SerializeToUtf8Bytes(configuration);
        var manifest = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = ImageManifest,
            ["config"] = await PushAsync(repository, content, "application/vnd.docker.container.image.v1+json"),
            ["layers"] = new JsonArray(await PushAsync(repository, layer, "application/vnd.docker.image.rootfs.diff.tar.gzip")),
        };
        using var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(manifest))
        {
            Headers = { ContentType = new MediaTypeHeaderValue(ImageManifest) },
        };
        using var answer = await Client.PutAsync($"{repository}/manifests/{tag}", body, Cancel);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The manifest of an image.</summary>
    public async Task<JsonNode> ReadManifestAsync(string repository, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{repository}/manifests/{tag}");
        request.Headers.Accept.ParseAdd(ImageManifest);
        request.Headers.Accept.ParseAdd("application/vnd.oci.image.manifest.v1+json");
        using var answer = await Client.SendAsync(request, Cancel);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(Cancel))!;
    }

    public Task<byte[]> ReadBlobAsync(string repository, string digest) =>
        Client.GetByteArrayAsync($"{repository}/blobs/{digest}", Cancel);

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        Client.Dispose();
        _directory.Dispose();
    }

    private async Task<JsonObject> PushAsync(string repository, byte[] content, string type)
    {
        using var begun = await Client.PostAsync($"{repository}/blobs/uploads/", content: null, Cancel);
        begun.EnsureSuccessStatusCode();
        var place = begun.Headers.Location!;
        var separator = place.OriginalString.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        using var body = new ByteArrayContent(content);
        using var done = await Client.PutAsync(
            $"{place.OriginalString}{separator}digest={Uri.EscapeDataString(Digest(content))}", body, Cancel);
        done.EnsureSuccessStatusCode();
        return new JsonObject { ["mediaType"] = type, ["size"] = content.Length, ["digest"] = Digest(content) };
    }

    private static byte[] EmptyLayer()
    {
        using var memory = new MemoryStream();
        using (var zip = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(zip))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "app/"));
        }

        return memory.ToArray();
    }

    private static byte[] Unzip(byte[] layer)
    {
        using var zip = new GZipStream(new MemoryStream(layer), CompressionMode.Decompress);
        using var tar = new MemoryStream();
        zip.CopyTo(tar);
        return tar.ToArray();
    }

    private static string Digest(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";

    private async Task<bool> IsUpAsync()
    {
        try
        {
            using var answer = await Client.GetAsync(string.Empty, Cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
