using CloudNative.Local.Running;
using CloudNative.Local.Tests.Support;

namespace CloudNative.Local.Tests.Running;

public sealed class RunDirectoryTests : IDisposable
{
    private readonly TestFiles _files = new();

    [Fact]
    public void Take_SameAppTwice_NumbersThemAndReusesAFreedOne()
    {
        using var first = RunDirectory.Take(_files.Root, "shop", "/a/cloudnative.yaml");
        var second = RunDirectory.Take(_files.Root, "shop", "/a/cloudnative.yaml");
        var path = second.Path;
        Assert.NotEqual(first.Path, path);

        second.Dispose();
        using var third = RunDirectory.Take(_files.Root, "shop", "/a/cloudnative.yaml");

        Assert.Equal(path, third.Path);
    }

    [Fact]
    public void Take_AnotherCheckout_HasAnotherFolder()
    {
        using var first = RunDirectory.Take(_files.Root, "shop", "/a/cloudnative.yaml");
        using var second = RunDirectory.Take(_files.Root, "shop", "/b/cloudnative.yaml");

        Assert.NotEqual(Path.GetDirectoryName(first.Path), Path.GetDirectoryName(second.Path));
        Assert.Equal(1, second.Number);
    }

    [Fact]
    public void Take_PlaceThatCannotBeWritten_SaysWhatToDo()
    {
        var file = _files.Write("file", "");

        var failure = Assert.Throws<LocalAppException>(() => RunDirectory.Take(file, "shop", "/a/cloudnative.yaml"));

        Assert.Contains("CN8055", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--data", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _files.Dispose();
}
