using CloudNative.Embedded.Storage;

namespace CloudNative.Embedded.Tests.Storage;

public sealed class FileSystemsTests
{
    [Theory]
    [InlineData(DriveType.Network, "anything", true)]
    [InlineData(DriveType.Unknown, "nfs", true)]
    [InlineData(DriveType.Unknown, "nfs4", true)]
    [InlineData(DriveType.Fixed, "smb3", true)]
    [InlineData(DriveType.Unknown, "CIFS", true)]
    [InlineData(DriveType.Unknown, "v9fs", true)]
    [InlineData(DriveType.Fixed, "ext4", false)]
    [InlineData(DriveType.Fixed, "apfs", false)]
    [InlineData(DriveType.Fixed, "NTFS", false)]
    [InlineData(DriveType.Ram, "tmpfs", false)]
    [InlineData(DriveType.Unknown, "overlay", false)]
    public void IsNetwork_OfFormat_IsKnown(DriveType type, string format, bool expected) =>
        Assert.Equal(expected, FileSystems.IsNetwork(type, format));

    [Fact]
    public void NetworkFormat_OfTheTemporaryDirectory_IsNone() => Assert.Null(FileSystems.NetworkFormat(Path.GetTempPath()));
}
