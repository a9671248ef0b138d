using CloudNative.Embedded.Storage;
using CloudNative.Testing;

namespace CloudNative.Embedded.Tests.Storage;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Choose_TwoServicesOfARepository_Meet()
    {
        var root = Repository("one");
        Assert.Equal(ChooseFor(Path.Combine(root, "Catalog")), ChooseFor(Path.Combine(root, "Ordering")));
    }

    [Fact]
    public void Choose_TwoRepositoriesOfOneName_DoNotMeet()
    {
        var one = Repository(Path.Combine("mine", "shop"));
        var other = Repository(Path.Combine("yours", "shop"));
        Assert.NotEqual(ChooseFor(one), ChooseFor(other));
        Assert.Equal(_directory.Combine("data", "cloudnative"), Path.GetDirectoryName(ChooseFor(one)));
        Assert.StartsWith("shop-", Path.GetFileName(ChooseFor(one)), StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_RelativePath_CountsFromTheRootOfTheApp()
    {
        var root = Repository("one");
        var options = new EmbeddedOptions { DataDirectory = "data" };
        Assert.Equal(Path.Combine(root, "data"), DataDirectory.Choose(options, Path.Combine(root, "Catalog"), "").Path);
    }

    [Fact]
    public void Choose_NoHome_NamesTheKey()
    {
        var failure = Assert.Throws<EmbeddedStoreException>(() => DataDirectory.Choose(new(), _directory.Path, ""));
        Assert.StartsWith("CN4002", failure.Message, StringComparison.Ordinal);
        Assert.Contains("CloudNative:Embedded:DataDirectory", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_TouchesNoDisk()
    {
        var root = Repository("one");
        ChooseFor(root);
        Assert.False(Directory.Exists(_directory.Combine("data")));
    }

    [Fact]
    public void Prepare_New_IsForItsOwnerOnly()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows inherits the rights of the profile");
            return;
        }

        var directory = new DataDirectory(_directory.Combine("data", "app"), _ => null);
        directory.Prepare();
        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.Equal(ownerOnly, File.GetUnixFileMode(directory.Path));
        Assert.Equal(ownerOnly, File.GetUnixFileMode(directory.Instances));
    }

    [Fact]
    public void Prepare_NetworkFileSystem_IsRefused()
    {
        var directory = new DataDirectory(_directory.Combine("data"), _ => "nfs4");
        var failure = Assert.Throws<EmbeddedStoreException>(directory.Prepare);
        Assert.StartsWith("CN4004", failure.Message, StringComparison.Ordinal);
        Assert.Contains("nfs4", failure.Message, StringComparison.Ordinal);
    }

    private string Repository(string path)
    {
        var root = Directory.CreateDirectory(_directory.Combine(path)).FullName;
        Directory.CreateDirectory(Path.Combine(root, ".git"));
        return root;
    }

    private string ChooseFor(string contentRoot) =>
        DataDirectory.Choose(new EmbeddedOptions(), contentRoot, _directory.Combine("data")).Path;
}
