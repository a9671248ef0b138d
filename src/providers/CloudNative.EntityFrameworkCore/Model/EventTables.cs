using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CloudNative.EntityFrameworkCore.Model;

/// <summary>
/// The tables in a model. A version only ever adds to the one before it, so that neighbouring versions run side by
/// side.
/// </summary>
internal static class EventTables
{
    public const string Outbox = "cloudnative_outbox";
    public const string Aside = "cloudnative_outbox_aside";
    public const string Turn = "cloudnative_outbox_turn";
    public const string Inbox = "cloudnative_inbox";
    public const string Versions = "cloudnative_schema";
    public const int OutboxVersion = 1;
    public const int InboxVersion = 1;

    /// <summary>Whether a context's model has them.</summary>
    public static bool AreIn(DbContext context) => context.Model.FindEntityType(typeof(OutboxEvent)) is not null;

    public static void AddTo(ModelBuilder model)
    {
        model.Entity<OutboxEvent>(entity => AddEvent(entity, Outbox));
        model.Entity<OutboxEventAside>(entity =>
        {
            AddEvent(entity, Aside);
            entity.Property(row => row.Position).ValueGeneratedNever();
            entity.Property(row => row.Reason).HasColumnName("reason");
            entity.Property(row => row.Since).HasColumnName("since");
        });
        model.Entity<OutboxTurn>(entity =>
        {
            entity.ToTable(Turn).HasKey(row => row.Name);
            entity.Property(row => row.Name).HasColumnName("name");
            entity.Property(row => row.Owner).HasColumnName("owner");
            entity.Property(row => row.Beat).HasColumnName("beat");
            entity.Property(row => row.Moved).HasColumnName("moved");
            entity.HasData(new OutboxTurn { Name = OutboxTurn.OnlyRow });
        });
        model.Entity<InboxClaim>(entity =>
        {
            entity.ToTable(Inbox).HasKey(row => row.Position);
            entity.Property(row => row.Position).HasColumnName("position");
            entity.Property(row => row.Consumer).HasColumnName("consumer");
            entity.Property(row => row.Source).HasColumnName("source");
            entity.Property(row => row.Id).HasColumnName("id");
            entity.Property(row => row.Claimed).HasColumnName("claimed");
            entity.HasIndex(row => new { row.Id, row.Source, row.Consumer })
                .IsUnique()
                .HasDatabaseName("cloudnative_inbox_event");
        });
        model.Entity<TableVersion>(entity =>
        {
            entity.ToTable(Versions).HasKey(row => row.Name);
            entity.Property(row => row.Name).HasColumnName("name");
            entity.Property(row => row.Version).HasColumnName("version");
            entity.HasData(
                new TableVersion { Name = "outbox", Version = OutboxVersion },
                new TableVersion { Name = "inbox", Version = InboxVersion });
        });
    }

    private static void AddEvent<TEvent>(EntityTypeBuilder<TEvent> entity, string table)
        where TEvent : EventRow
    {
        entity.ToTable(table).HasKey(row => row.Position);
        entity.Property(row => row.Position).HasColumnName("position");
        entity.Property(row => row.Topic).HasColumnName("topic");
        entity.Property(row => row.Source).HasColumnName("source");
        entity.Property(row => row.Id).HasColumnName("id");
        entity.Property(row => row.Type).HasColumnName("type");
        entity.Property(row => row.Subject).HasColumnName("subject");
        entity.Property(row => row.Time).HasColumnName("time");
        entity.Property(row => row.ContentType).HasColumnName("content_type");
        entity.Property(row => row.DataSchema).HasColumnName("data_schema");
        entity.Property(row => row.PartitionKey).HasColumnName("partition_key");
        entity.Property(row => row.TraceParent).HasColumnName("trace_parent");
        entity.Property(row => row.TraceState).HasColumnName("trace_state");
        entity.Property(row => row.Extensions).HasColumnName("extensions");
        entity.Property(row => row.Data).HasColumnName("data");
        entity.Property(row => row.Delay).HasColumnName("delay");
        entity.Property(row => row.Enqueued).HasColumnName("enqueued");
    }
}
