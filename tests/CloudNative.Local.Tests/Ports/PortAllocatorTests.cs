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

        Assert.Equal(TakeOnce(directory), TakeOnce(directory));
    }

    [Fact]
    public void TryTake_GivenToAnotherRunThatIsNotListeningYet_IsRefusedUntilThatRunEnds()
    {
        using var second = new PortAllocator("/run/2");
        int port;
        using (var first = new PortAllocator("/run/1"))
        {
            port = first.Take("catalog-1");

            Assert.False(second.TryTake(port));
        }

        Assert.True(second.TryTake(port));
    }

    [Fact]
    public void Take_ManyTimes_NeverGivesAPortTwice()
    {
        using var allocator = new PortAllocator($"/run/{Guid.NewGuid()}");

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

        using var allocator = new PortAllocator("/run");

        Assert.False(allocator.TryTake(((IPEndPoint)listener.LocalEndpoint).Port));
    }

    private static int TakeOnce(string directory)
    {
        using var allocator = new PortAllocator(directory);
        return allocator.Take("catalog-1");
    }
}
