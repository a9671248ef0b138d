namespace CloudNative.Testing.Tests;

public sealed class TemporaryDirectoryTests
{
    [Fact]
    public void Dispose_WithContent_RemovesIt()
    {
        var directory = new TemporaryDirectory();
        Directory.CreateDirectory(directory.Combine("a", "b"));
        File.WriteAllText(directory.Combine("a", "b", "c"), "x");
        directory.Dispose();
        Assert.False(Directory.Exists(directory.Path));
    }
}
