using CloudNative.Kubernetes.Configuration;

namespace CloudNative.Kubernetes.Tests.Configuration;

public sealed class KubernetesOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_Pass() =>
        Assert.True(new KubernetesOptionsValidator().Validate(null, new KubernetesOptions()).Succeeded);

    [Theory]
    [InlineData("http://10.0.0.1:8001", false)]
    [InlineData("http://127.0.0.1:8001", true)]
    [InlineData("https://10.0.0.1:6443", true)]
    public void Validate_Token_IsNotShownToOtherMachinesInClearText(string server, bool isAllowed)
    {
        var result = new KubernetesOptionsValidator().Validate(null, new KubernetesOptions { Server = server, Token = "t" });
        Assert.Equal(isAllowed, result.Succeeded);
        Assert.DoesNotContain("'t'", result.FailureMessage ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_AllWrong_NamesEachKey()
    {
        var result = new KubernetesOptionsValidator().Validate(null, new KubernetesOptions
        {
            Server = "10.0.0.1:443",
            TokenFile = "/no/such/token",
            CaFile = "/no/such/ca",
            ClientCertificateFile = "/no/such/certificate",
            CallTimeout = TimeSpan.Zero,
            Leases = { Namespace = "Shop", Prefix = "my.app" },
            Watch =
            {
                Timeout = TimeSpan.Zero,
                SilenceTimeout = TimeSpan.Zero,
                ResyncInterval = TimeSpan.Zero,
                PageSize = 0,
            },
        });
        string[] keys =
        [
            "Server", "TokenFile", "CaFile", "ClientCertificateFile", "ClientKeyFile", "CallTimeout",
            "Leases:Namespace", "Leases:Prefix",
            "Watch:Timeout", "Watch:SilenceTimeout", "Watch:ResyncInterval", "Watch:PageSize",
        ];
        Assert.Equal(keys.Length, result.Failures!.Count());
        Assert.All(keys, key => Assert.Contains(
            result.Failures!, failure => failure.Contains($"CloudNative:Kubernetes:{key}", StringComparison.Ordinal)));
    }
}
