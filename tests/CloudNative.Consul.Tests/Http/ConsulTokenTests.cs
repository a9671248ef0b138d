using CloudNative.Consul.Http;
using CloudNative.Testing;

namespace CloudNative.Consul.Tests.Http;

public sealed class ConsulTokenTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_FileIsReplaced_GivesTheNewToken()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "token");
        var token = new ConsulToken(new ConsulOptions { Token = "plain", TokenFile = path });
        await File.WriteAllTextAsync(path, "one\n", Cancel);
        Assert.Equal("one", await token.ReadAsync(Cancel));
        await File.WriteAllTextAsync(path, "two", Cancel);
        Assert.Equal("two", await token.ReadAsync(Cancel));
    }

    [Theory]
    [InlineData("")]
    [InlineData("one\ntwo")]
    public async Task Read_FileHoldsNoToken_NamesTheFile(string text)
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "token");
        await File.WriteAllTextAsync(path, text, Cancel);
        var failure = await Assert.ThrowsAsync<ConsulException>(
            () => new ConsulToken(new ConsulOptions { TokenFile = path }).ReadAsync(Cancel).AsTask());
        Assert.StartsWith($"CN4105: The token of Consul cannot be read from {path}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_NoFile_GivesTheOption() =>
        Assert.Equal("plain", await new ConsulToken(new ConsulOptions { Token = "plain" }).ReadAsync(Cancel));
}
