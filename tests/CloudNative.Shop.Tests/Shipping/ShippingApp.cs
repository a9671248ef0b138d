extern alias shipping;

using CloudNative.Shop.Tests.Events;
using CloudNative.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace CloudNative.Shop.Tests.Shipping;

/// <summary>Shipping in this process.</summary>
internal sealed class ShippingApp : WebApplicationFactory<shipping::Program>
{
    private readonly TemporaryDirectory _directory = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder.UseOwnData(_directory.Path);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _directory.Dispose();
    }
}
