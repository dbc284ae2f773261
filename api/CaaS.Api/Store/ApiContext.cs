using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace CaaS.Api.Store;

/// <summary>Tables of the API in the shared database; all begin with <c>api_</c>.</summary>
/// <param name="options">Provider and connection.</param>
internal sealed class ApiContext(DbContextOptions<ApiContext> options) : DbContext(options)
{
    /// <summary>Table that notes which migrations ran; each stage has its own.</summary>
    public const string MigrationsTable = "api_migrations";

    public DbSet<GrantRow> Grants => Set<GrantRow>();

    public DbSet<AuditRow> Audit => Set<AuditRow>();

    /// <summary>Gives the context its own table of migrations, whatever the provider.</summary>
    public static void KeepOwnMigrations(DbContextOptionsBuilder options)
    {
        var relational = RelationalOptionsExtension.Extract(options.Options)
            .WithMigrationsHistoryTableName(MigrationsTable);
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(relational);
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<GrantRow>(grant => grant.ToTable("api_grants").HasKey(row => row.Id));
        modelBuilder.Entity<AuditRow>(audit =>
        {
            audit.ToTable("api_audit").HasKey(row => row.Id);
            audit.HasIndex(row => row.CommandId);
            audit.HasIndex(row => row.Target);
        });
    }
}
