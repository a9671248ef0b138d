extern alias catalog;

using CloudNative.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace CloudNative.Shop.Tests.Catalog;

/// <summary>The catalog in this process, with a data directory of its own unless one is given.</summary>
internal sealed class CatalogApp : WebApplicationFactory<catalog::Program>
{
    private readonly TemporaryDirectory _own = new();
    private readonly string _directory;

    public CatalogApp(string? directory = null) => _directory = directory ?? _own.Path;

    protected override void ConfigureWebHost(IWebHostBuilder builder) =>
        builder.UseSetting("CLOUDNATIVE_DATA_DIRECTORY", _directory);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _own.Dispose();
    }
}
