using CloudNative.Embedded.Storage;
using CloudNative.Testing;

namespace CloudNative.Embedded.Tests.Storage;

public sealed class AppRootTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("cloudnative.yaml")]
    [InlineData("Shop.sln")]
    [InlineData("Shop.slnx")]
    public void Find_MarkAbove_IsThatDirectory(string mark)
    {
        var project = Directory.CreateDirectory(_directory.Combine("repository", "src", "Catalog")).FullName;
        File.WriteAllText(_directory.Combine("repository", mark), string.Empty);
        Assert.Equal(_directory.Combine("repository"), AppRoot.Find(project));
    }

    [Fact]
    public void Find_TwoMarks_IsTheNearest()
    {
        var project = Directory.CreateDirectory(_directory.Combine("repository", "shop", "Catalog")).FullName;
        Directory.CreateDirectory(_directory.Combine("repository", ".git"));
        File.WriteAllText(_directory.Combine("repository", "shop", "cloudnative.yaml"), string.Empty);
        Assert.Equal(_directory.Combine("repository", "shop"), AppRoot.Find(project + Path.DirectorySeparatorChar));
    }

    [Fact]
    public void Find_NoMark_IsTheContentRoot()
    {
        var project = Directory.CreateDirectory(_directory.Combine("alone")).FullName;
        Assert.Equal(project, AppRoot.Find(project));
    }
}
