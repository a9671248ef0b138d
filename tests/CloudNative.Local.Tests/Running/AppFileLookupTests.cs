using CloudNative.Local.Running;
using CloudNative.Local.Tests.Support;

namespace CloudNative.Local.Tests.Running;

public sealed class AppFileLookupTests : IDisposable
{
    private readonly TestFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("here", "here")]
    [InlineData("repository", "repository")]
    [InlineData("repository/src/Program", "repository/src/Program")]
    [InlineData("repository repository/src/Program", "repository/src/Program")]
    [InlineData("here repository/src/Program", "here")]
    [InlineData("", "here")]
    public void Find_NoneIsNamed_LooksHereThenBesideTheProjectThenAbove(string written, string expected)
    {
        foreach (var folder in written.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            _files.Write($"{folder}/cloudnative.yaml", "app: x");
        }

        var found = AppFileLookup.Find(named: null, In("here"), In("repository/src/Program"));
        Assert.Equal(In($"{expected}/cloudnative.yaml"), found);
    }

    [Fact]
    public void Find_NamedFolder_IsTheFileInIt() =>
        Assert.Equal(In("cloudnative.yaml"), AppFileLookup.Find(_files.Root, In("elsewhere"), project: null));

    private string In(string path) => Path.GetFullPath(Path.Combine(_files.Root, path));
}
