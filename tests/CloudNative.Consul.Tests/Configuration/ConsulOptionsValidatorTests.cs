using CloudNative.Consul.Configuration;

namespace CloudNative.Consul.Tests.Configuration;

public sealed class ConsulOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_AreFine() =>
        Assert.True(new ConsulOptionsValidator().Validate(null, new ConsulOptions { Address = "http://127.0.0.1:8500" }).Succeeded);

    [Fact]
    public void Validate_AllWrong_NamesEachKey()
    {
        var options = new ConsulOptions
        {
            Address = "unix:///run/consul.sock",
            TokenFile = "/nowhere/token",
            CaFile = "/nowhere/ca.pem",
            ClientKeyFile = "/nowhere/key.pem",
            WaitTime = TimeSpan.FromHours(1),
            MaxBlockingQueries = 3,
            Registration = new ConsulRegistrationOptions
            {
                Ttl = TimeSpan.FromSeconds(1),
                DeregisterCriticalAfter = TimeSpan.Zero,
                AgentCheck = new() { HttpPath = "health", Interval = TimeSpan.Zero, Timeout = TimeSpan.FromHours(1) },
            },
            Leases = new ConsulLeaseOptions { KeyPrefix = "/leases", LockDelay = TimeSpan.FromMinutes(2) },
        };
        string[] keys =
        [
            "Address", "TokenFile", "CaFile", "ClientKeyFile", "ClientCertificateFile", "WaitTime",
            "MaxBlockingQueries", "Registration:Ttl", "Registration:DeregisterCriticalAfter",
            "Registration:AgentCheck:HttpPath", "Registration:AgentCheck:Interval", "Registration:AgentCheck:Timeout",
            "Leases:KeyPrefix", "Leases:LockDelay",
        ];
        var failures = new ConsulOptionsValidator().Validate(null, options).Failures!.ToList();
        Assert.Equal(keys.Length, failures.Count);
        Assert.All(failures.Zip(keys), pair =>
        {
            Assert.StartsWith("CN4101", pair.First, StringComparison.Ordinal);
            Assert.Contains($"CloudNative:Consul:{pair.Second}", pair.First, StringComparison.Ordinal);
        });
    }
}
