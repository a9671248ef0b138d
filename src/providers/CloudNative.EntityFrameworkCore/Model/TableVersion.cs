namespace CloudNative.EntityFrameworkCore.Model;

/// <summary>Which version of a set of tables the migrations made.</summary>
internal sealed class TableVersion
{
    public required string Name { get; set; }

    public int Version { get; set; }
}
