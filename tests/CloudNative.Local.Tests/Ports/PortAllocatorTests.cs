using System.Net;
using System.Net.Sockets;
using CloudNative.Local.Ports;

namespace CloudNative.Local.Tests.Ports;

public sealed class PortAllocatorTests
{
    [Fact]
    public void Take_SameReplicaInAnotherProcess_GetsTheSamePortWhenItIsFree()
    {
        var directory = $"/run/{Guid.NewGuid()}";

        Assert.Equal(new PortAllocator(directory).Take("catalog-1"), new PortAllocator(directory).Take("catalog-1"));
    }

    [Fact]
    public void Take_ManyTimes_NeverGivesAPortTwice()
    {
        var allocator = new PortAllocator($"/run/{Guid.NewGuid()}");

        var ports = Enumerable.Range(0, 20).Select(_ => allocator.Take("catalog-1")).ToList();

        Assert.Equal(20, ports.Distinct().Count());
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    public void TryTake_PortThatSomebodyListensOn_IsRefused(string address)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6 || address != "::", "This machine has no IPv6.");
        using var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();

        Assert.False(new PortAllocator("/run").TryTake(((IPEndPoint)listener.LocalEndpoint).Port));
    }
}
