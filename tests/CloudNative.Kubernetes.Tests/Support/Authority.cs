using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CloudNative.Testing;

namespace CloudNative.Kubernetes.Tests.Support;

/// <summary>An authority with one certificate, its own.</summary>
internal sealed class Authority : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    /// <param name="host">Whom the certificate is for.</param>
    /// <param name="purpose">What it is for; anything when left out.</param>
    public Authority(string host = "127.0.0.1", string? purpose = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=kube-apiserver", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(host));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        if (purpose is not null)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], critical: false));
        }

        var now = TimeProvider.System.GetUtcNow();
        Certificate = request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
        File.WriteAllText(CaFile, Certificate.ExportCertificatePem());
    }

    public X509Certificate2 Certificate { get; }

    public string CaFile => Path.Combine(_directory.Path, "ca.crt");

    public void Dispose()
    {
        Certificate.Dispose();
        _directory.Dispose();
    }
}
