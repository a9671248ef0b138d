using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudNative.Testing;

namespace CloudNative.TestSupport.Kubernetes;

/// <summary>
/// A real API server with its etcd, on loopback ports of its own. Tests skip where there is none:
/// <c>build/kubernetes.sh</c>
/// makes one, <c>KUBEBUILDER_ASSETS</c> names a folder with <c>kube-apiserver</c> and <c>etcd</c>.
/// </summary>
public sealed class KubernetesServer : IAsyncLifetime
{
    /// <summary>May do everything.</summary>
    public const string AdminToken = "admin-token";

    /// <summary>Is known, and may do nothing; its user is <c>powerless</c>.</summary>
    public const string PowerlessToken = "powerless-token";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly TemporaryDirectory _directory = new();
    private readonly int[] _ports = FreePorts(3);
    private ChildProcess? _etcd;
    private ChildProcess? _server;

    public Uri Address => new($"https://127.0.0.1:{_ports[0]}");

    public string CaFile => PathOf("ca.crt");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Asks as the administrator, past what is tested.</summary>
    private HttpClient Client
    {
        get
        {
            if (field is null)
            {
                var authority = X509CertificateLoader.LoadCertificateFromFile(CaFile);
                var handler = new SocketsHttpHandler();
                handler.SslOptions.RemoteCertificateValidationCallback =
                    (_, shown, _, _) => shown is not null && shown.GetCertHashString() == authority.GetCertHashString();
                field = new HttpClient(handler) { BaseAddress = Address };
                field.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminToken);
            }

            return field;
        }
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Starts it unless it runs; skips the test when it cannot be had.</summary>
    public async Task StartAsync()
    {
        if (_server is { HasExited: false })
        {
            return;
        }

        var binaries = FindBinaries();
        Assert.SkipUnless(
            binaries is not null, "No API server here: run build/kubernetes.sh, or name a folder by KUBEBUILDER_ASSETS.");
        if (!File.Exists(CaFile))
        {
            WriteKeys();
        }

        if (_etcd is not { HasExited: false })
        {
            _etcd = Start(
                Path.Combine(binaries, "etcd"),
                $"--data-dir={PathOf("etcd")}",
                "--unsafe-no-fsync",
                $"--listen-client-urls=http://127.0.0.1:{_ports[1]}",
                $"--advertise-client-urls=http://127.0.0.1:{_ports[1]}",
                $"--listen-peer-urls=http://127.0.0.1:{_ports[2]}",
                $"--initial-advertise-peer-urls=http://127.0.0.1:{_ports[2]}",
                $"--initial-cluster=default=http://127.0.0.1:{_ports[2]}");
        }

        _server = Start(
            Path.Combine(binaries, "kube-apiserver"),
            $"--etcd-servers=http://127.0.0.1:{_ports[1]}",
            "--bind-address=127.0.0.1",
            "--advertise-address=127.0.0.1",
            $"--secure-port={_ports[0]}",
            "--endpoint-reconciler-type=none",
            $"--cert-dir={PathOf("certs")}",
            $"--tls-cert-file={CaFile}",
            $"--tls-private-key-file={PathOf("tls.key")}",
            "--service-cluster-ip-range=10.0.0.0/24",
            "--service-account-issuer=https://kubernetes.default.svc",
            $"--service-account-key-file={PathOf("sa.pub")}",
            $"--service-account-signing-key-file={PathOf("sa.key")}",
            $"--token-auth-file={PathOf("tokens.csv")}",
            "--authorization-mode=RBAC",
            "--disable-admission-plugins=ServiceAccount",
            // What is not kept in the server's own memory is forgotten when etcd forgets it; Leases stay there for
            // bookmarks.
            "--watch-cache-sizes=configmaps#0");
        await EventuallyAsync(IsReadyAsync);
    }

    public async Task KillAsync() => await _server!.KillAsync();

    public void Suspend() => _server!.Suspend();

    public void Resume() => _server!.Resume();

    /// <summary>Has etcd forget all history, as the server has it do every five minutes.</summary>
    public async Task CompactAsync()
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_ports[1]}") };
        using var range = await client.PostAsJsonAsync("/v3/kv/range", new { key = Base64("x") }, Cancel);
        var header = (await range.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("header");
        var revision = header.GetProperty("revision").GetString();
        using var done = await client.PostAsJsonAsync("/v3/kv/compaction", new { revision, physical = true }, Cancel);
        Assert.True(done.IsSuccessStatusCode, await done.Content.ReadAsStringAsync(Cancel));
    }

    /// <summary>Makes an object from YAML, as <c>kubectl create -f</c> does.</summary>
    public async Task CreateAsync(string path, string yaml)
    {
        using var content = new StringContent(yaml, Encoding.UTF8, "application/yaml");
        using var response = await Client.PostAsync(path, content, Cancel);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancel));
    }

    /// <summary>Makes or changes an object from YAML, as <c>kubectl apply --server-side -f</c> does, and returns it.</summary>
    public async Task<JsonObject> ApplyAsync(string pathAndQuery, string yaml)
    {
        var separator = pathAndQuery.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        using var content = new StringContent(yaml, Encoding.UTF8, "application/apply-patch+yaml");
        using var response = await Client.PatchAsync($"{pathAndQuery}{separator}fieldManager=test&force=true", content, Cancel);
        var answer = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.IsSuccessStatusCode, answer);
        return JsonNode.Parse(answer)!.AsObject();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in (ChildProcess?[])[_server, _etcd])
        {
            if (process is not null)
            {
                await process.DisposeAsync();
            }
        }

        if (File.Exists(CaFile))
        {
            Client.Dispose();
        }

        _directory.Dispose();
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private ChildProcess Start(string binary, params string[] arguments) => ChildProcess.Start(new ChildProcessOptions
    {
        FileName = binary,
        Arguments = arguments,
        WorkingDirectory = _directory.Path,
        Timeout = Patience,
    });

    private string PathOf(string file) => Path.Combine(_directory.Path, file);

    private void WriteKeys()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=kube-apiserver", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
        File.WriteAllText(CaFile, certificate.ExportCertificatePem());
        File.WriteAllText(PathOf("tls.key"), key.ExportPkcs8PrivateKeyPem());
        using var account = RSA.Create(2048);
        File.WriteAllText(PathOf("sa.key"), account.ExportRSAPrivateKeyPem());
        File.WriteAllText(PathOf("sa.pub"), account.ExportSubjectPublicKeyInfoPem());
        File.WriteAllText(PathOf("tokens.csv"), $"{AdminToken},admin,admin,\"system:masters\"\n{PowerlessToken},powerless,powerless\n");
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await Client.GetAsync("/readyz", Cancel);
            // The server makes this namespace itself, a moment after it is ready.
            using var place = await Client.GetAsync("/api/v1/namespaces/default", Cancel);
            return response.IsSuccessStatusCode && place.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        while (!await condition())
        {
            Assert.False(patience.IsCancellationRequested || _server!.HasExited || _etcd!.HasExited, _server!.Output + _etcd!.Output);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancel);
        }
    }

    private static string? FindBinaries()
    {
        if (Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS") is { Length: > 0 } named)
        {
            return named;
        }

        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var candidate = Path.Combine(directory.FullName, ".tools", "kubernetes");
            if (File.Exists(Path.Combine(candidate, "kube-apiserver")))
            {
                return candidate;
            }
        }

        return null;
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}
